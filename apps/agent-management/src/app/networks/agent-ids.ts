import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray } from 'class-validator';
import { PlainText } from '../agents';

const MAX_AGENTS = 200;

/** 1 to 200 different ids of agents; whether there are such agents is for the service to see. */
export function AgentIds(): PropertyDecorator {
  const rules = [
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MAX_AGENTS),
    ArrayUnique(),
    PlainText(1, 100, { each: true }),
  ];
  return (target, property) => rules.forEach((decorate) => decorate(target, property));
}
