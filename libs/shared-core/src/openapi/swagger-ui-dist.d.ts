/** The package has no types. */
declare module 'swagger-ui-dist/absolute-path' {
  /** The folder of the package's files. */
  export default function getAbsoluteFSPath(): string;
}
