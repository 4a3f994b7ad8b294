import request from 'supertest';
import { createTestApp } from '../testing/http-test-app';
import { checkIfMatch, etagOf, ifMatch } from './etag';

interface Thing {
  readonly version: number;
}

const etagOfThing = ({ version }: Thing) => etagOf(version);
const { app } = createTestApp((routes) => {
  routes.put('/thing', (req, res) => {
    ifMatch(req, etagOfThing)({ version: 7 });
    res.set('ETag', etagOf(8)).json('changed');
  });
  routes.delete('/thing', (req, res) => {
    checkIfMatch(req, etagOf('7-x'));
    res.status(204).end();
  });
});

describe('If-Match', () => {
  it('is no condition when it is absent', () =>
    request(app).put('/thing').expect(200).expect('ETag', '"8"').expect('"changed"'));

  it.each(['"7"', '*', ' * ', '"6", "7"', '"6","7" , "8"', 'W/"7", "7"'])('lets %j pass', (tags) =>
    request(app).put('/thing').set('If-Match', tags).expect(200),
  );

  it.each(['"6"', 'W/"7"', '7', '""', '"7', '"67"', '"6,7"', '"6" "W/"', '**', 'W/"6", W/"7"'])(
    'answers 412 to %j',
    async (tags) => {
      const { body } = await request(app).put('/thing').set('If-Match', tags).expect(412);
      expect(body).toMatchObject({ code: 'precondition_failed', detail: 'the current version has the ETag "7"' });
    },
  );

  it('compares tags of text whole', async () => {
    await request(app).delete('/thing').set('If-Match', '"7-x"').expect(204);
    await request(app).delete('/thing').set('If-Match', '"7"').expect(412);
  });

  it.each(['', 'a"b', 'a b', 'é', 'x'.repeat(101)])('etagOf refuses %j, which could not be quoted', (text) => {
    expect(() => etagOf(text)).toThrow(TypeError);
  });
});
