import { LineReader } from './line-reader';

describe('LineReader', () => {
  it('joins what was cut and cuts what was joined', () => {
    const reader = new LineReader(100);
    expect(reader.push('on')).toEqual([]);
    expect(reader.push('e\ntwo\nth')).toEqual(['one', 'two']);
    expect(reader.push('ree\n\n')).toEqual(['three', '']);
  });

  it('refuses a line that grows over the limit, over many chunks too', () => {
    const reader = new LineReader(10);
    reader.push('12345');
    expect(() => reader.push('678901')).toThrow(RangeError);
  });
});
