import { fieldDescriptions } from './field-descriptions';

const source = (text: string) => ({ path: 'thing.dto.ts', text });

describe('the descriptions of fields', () => {
  it('are the doc comments, each on one line', () => {
    const text = `
      export class ThingDto {
        /** What it is
         * called. */
        @IsString()
        name: string;
        untold: string;
      }
      export class ThingQuery {
        /** Seconds. */
        wait = 1;
      }
      export class Thing {
        /** Not sent. */
        inner: string;
      }`;
    expect(fieldDescriptions([source(text)])).toEqual({
      'ThingDto.name': 'What it is called.',
      'ThingQuery.wait': 'Seconds.',
    });
  });

  it('of two classes with one name must not contradict each other', () => {
    const classes = ['Seconds.', 'Minutes.'].map((unit) =>
      source(`export class ThingDto {\n/** ${unit} */\nwait: number }`),
    );
    expect(() => fieldDescriptions(classes)).toThrow('ThingDto.wait has two descriptions');
  });
});
