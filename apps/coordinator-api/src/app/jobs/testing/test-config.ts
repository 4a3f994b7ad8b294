export { fullTests } from '@aitbc/shared-core/testing';
