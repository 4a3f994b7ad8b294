import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsInstant, IsJsonObject, IsMoney, RecordOf } from '../http';
import { dtoSchema } from './dto-schema';
import { ref } from './schema';

class Wheel {
  @Min(1)
  @Max(30)
  @IsInt()
  inches: number;
}

class Base {
  @IsInt()
  @Min(0)
  level: number = 3;
}

class Car extends Base {
  @IsString()
  @Length(1, 100)
  @Matches(/^[a-z]+$/)
  name: string;

  @IsOptional()
  @IsIn(['red', 'blue'])
  colour?: string | null;

  @ValidateIf((_dto, value) => value !== undefined)
  @IsBoolean()
  open?: boolean;

  @IsArray()
  @ArrayMaxSize(3)
  @Length(1, 5, { each: true })
  tags: string[] = [];

  @ValidateNested()
  @Type(() => Wheel)
  spare: Wheel;

  @IsOptional()
  @ValidateNested()
  @Type(() => Wheel)
  other?: Wheel;

  @ValidateNested({ each: true })
  @Type(() => Wheel)
  all: Wheel[];

  @RecordOf(() => Wheel, { key: /^[a-z]$/, min: 1, max: 4 })
  wheels: Record<string, Wheel>;

  @IsMoney()
  price: number;

  @IsInstant()
  built: string;

  @IsJsonObject()
  extras: object;

  @IsUrl()
  page: string;

  @ValidateBy({ name: 'isLucky', validator: { validate: () => true } })
  number: string;
}

describe('the schema of a DTO', () => {
  const { schema, nested } = dtoSchema(Car, (type) => ref(type.name));
  const property = (name: string): unknown => (schema['properties'] as Record<string, unknown>)[name];

  it('requires what may neither be absent nor has a value of its own', () => {
    expect(schema['required']).toEqual([
      ...['name', 'spare', 'all', 'wheels', 'price', 'built', 'extras', 'page', 'number'],
    ]);
  });

  it('refuses unknown fields, as validation does', () => {
    expect(schema['additionalProperties']).toBe(false);
  });

  it('gives the value of the class as default, inherited ones too', () => {
    expect(property('level')).toEqual({ type: 'integer', minimum: 0, default: 3 });
    expect(property('tags')).toMatchObject({ default: [] });
  });

  it('has limits and patterns, of the items of lists too', () => {
    expect(property('name')).toEqual({ type: 'string', minLength: 1, maxLength: 100, pattern: '^[a-z]+$' });
    expect(property('tags')).toMatchObject({ type: 'array', maxItems: 3, items: { minLength: 1, maxLength: 5 } });
  });

  it('lets null through where IsOptional does, and only there', () => {
    expect(property('colour')).toEqual({ type: ['string', 'null'], enum: ['red', 'blue', null] });
    expect(property('open')).toEqual({ type: 'boolean' });
    expect(property('other')).toEqual({ anyOf: [ref('Wheel'), { type: 'null' }] });
  });

  it('refers to the DTOs in it, alone, in lists and in records, and names them', () => {
    expect(property('spare')).toEqual(ref('Wheel'));
    expect(property('all')).toEqual({ type: 'array', items: ref('Wheel') });
    expect(property('wheels')).toEqual({
      ...{ type: 'object', propertyNames: { pattern: '^[a-z]$' }, minProperties: 1, maxProperties: 4 },
      additionalProperties: ref('Wheel'),
    });
    expect(nested).toEqual([Wheel]);
  });

  it('keeps the type whatever the order of the decorators', () => {
    const { schema: wheel } = dtoSchema(Wheel, (type) => ref(type.name));
    expect(wheel['properties']).toEqual({ inches: { type: 'integer', minimum: 1, maximum: 30 } });
  });

  it('knows our own rules', () => {
    expect(property('price')).toEqual({ type: 'number', minimum: 0, exclusiveMaximum: 67_108_864 });
    expect(property('built')).toEqual({ type: 'string', format: 'date-time' });
    expect(property('extras')).toEqual({ type: 'object', additionalProperties: true });
    expect(property('page')).toEqual({ type: 'string', format: 'uri' });
  });

  it('marks a rule that it does not know', () => {
    expect(property('number')).toEqual({ 'x-undocumented-rule': 'isLucky' });
  });
});
