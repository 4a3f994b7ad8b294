import ts from 'typescript';

/** Classes whose fields clients send. */
const SENT = /(Dto|Query)$/;

/**
 * The doc comments of the fields of DTOs, by `Class.field`: what the OpenAPI document says of them.
 * @throws Error when two classes of one name say different things of a field of one name.
 */
export function fieldDescriptions(sources: readonly { readonly path: string; readonly text: string }[]) {
  const found = new Map<string, string>();
  for (const { path, text } of sources) {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    for (const [name, comment] of file.statements.filter(ts.isClassDeclaration).flatMap(commentsOf)) {
      const known = found.get(name);
      if (known !== undefined && known !== comment) throw new Error(`${name} has two descriptions: rename one class`);
      found.set(name, comment);
    }
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function commentsOf(declaration: ts.ClassDeclaration): [name: string, comment: string][] {
  const className = declaration.name?.text ?? '';
  if (!SENT.test(className)) return [];
  return declaration.members.filter(ts.isPropertyDeclaration).flatMap((property) => {
    const [comment] = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc);
    const text = ts.getTextOfJSDocComment(comment?.comment);
    if (text === undefined || !ts.isIdentifier(property.name)) return [];
    return [[`${className}.${property.name.text}`, text.replace(/\s*\n\s*/g, ' ')]];
  });
}
