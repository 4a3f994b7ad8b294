import { migrationColumns, TableMigration } from '@aitbc/shared-domain';
import { IsString } from 'class-validator';
import type { Express } from 'express';
import request, { type Test } from 'supertest';
import { Column, Entity, PrimaryColumn, Table } from 'typeorm';
import { authenticate, platformEntities, platformMigrations, type Principal } from '../../auth';
import type { Database } from '../../database/database';
import { AppError } from '../../errors/app-error';
import { etagOf } from '../../http/etag';
import { bodyOf, validateBody } from '../../http/validation';
import { newId } from '../../ids/ids';
import { createTestApp } from '../../testing/http-test-app';
import { idempotent, IdempotencyRecords, keepAnswer, sendAnswer, type Within } from '../index';

@Entity('things')
class ThingEntity {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @Column({ type: 'varchar', length: 60 })
  name: string;
}

class Things1790000000000 extends TableMigration {
  protected tables(): Table[] {
    const { primary, text } = migrationColumns;
    return [new Table({ name: 'things', columns: [text('id', 60, primary), text('name', 60)] })];
  }
}

export const THINGS = {
  entities: [...platformEntities, ThingEntity],
  migrations: [...platformMigrations, Things1790000000000],
};

class ThingDto {
  @IsString()
  name: string;
}

const PRINCIPALS: Record<string, Principal> = {
  alice: { subject: 'alice', role: 'client', keyId: 'key_1' },
  'alice-renewed': { subject: 'alice', role: 'client', keyId: 'key_2' },
  'alice-admin': { subject: 'alice', role: 'admin', keyId: 'key_3' },
  bob: { subject: 'bob', role: 'client', keyId: 'key_4' },
};

export interface ThingsApp {
  readonly app: Express;
  /** Clock of the records, in milliseconds. */
  now: number;
  readonly records: IdempotencyRecords;
  /** Awaited by each creation before its unit; tests hold requests in flight by it. */
  before: () => Promise<void>;
  /** Awaited by each creation inside its unit, after the record was kept. */
  inside: () => Promise<void>;
  post(key: string | undefined, body?: object, options?: { as?: string; path?: string }): Test;
  count(): Promise<number>;
}

/** An API of things over one door to the database: `POST /things`, `/others` (alike) and `/secrets`. */
export function thingsApp(db: Database): ThingsApp {
  const things: ThingsApp = {
    get app() {
      return app;
    },
    now: Date.now(),
    records: new IdempotencyRecords(db, () => things.now),
    before: () => Promise.resolve(),
    inside: () => Promise.resolve(),
    post(key, body = { name: 'a' }, { as = 'alice', path = '/things' } = {}) {
      const test = request(app).post(path).set('X-Api-Key', as);
      return (key === undefined ? test : test.set('Idempotency-Key', key)).send(body);
    },
    count: () => db.read((manager) => manager.count(ThingEntity)),
  };
  const create = async (name: string, within?: Within<ThingEntity>): Promise<ThingEntity> => {
    await things.before();
    if (name === 'taken') throw new AppError('conflict', 'the name is taken');
    return db.write(async (manager) => {
      const thing = manager.create(ThingEntity, { id: newId('offer'), name });
      await manager.insert(ThingEntity, thing);
      await within?.(thing);
      await things.inside();
      return thing;
    });
  };
  const { app } = createTestApp((routes) => {
    routes.use(authenticate({ authenticate: async (key) => PRINCIPALS[key] }));
    routes.post(['/things', '/others'], idempotent(things.records), validateBody(ThingDto), async (req, res) => {
      const answer = ({ id, name }: ThingEntity) => ({
        status: 201,
        location: `/things/${id}`,
        etag: etagOf(1),
        body: { id, name, nested: { z: null, a: [1.5, 'ä'] } },
      });
      sendAnswer(res, answer(await create(bodyOf(req, ThingDto).name, keepAnswer(req, answer))));
    });
    routes.post('/secrets', idempotent(things.records), async (req, res) => {
      const answer = () => ({ status: 201, body: { secret: 'hush' } });
      await create('secret', keepAnswer(req, answer, { replayable: false }));
      sendAnswer(res, answer());
    });
    routes.post('/empty', idempotent(things.records), async (req, res) => {
      const answer = () => ({ status: 204 });
      await create('empty', keepAnswer(req, answer));
      sendAnswer(res, answer());
    });
  });
  return things;
}
