import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { addAttachment, type OpenOwner, removeAttachment } from './add-attachment.ts'
import { openAttachment } from './open-attachment.ts'
import { createSession } from './perform-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { refusalOf, tests } from './performing/testing.ts'
import { makeServiceOwners } from './service/testing.ts'
import { findAttachmentsOf } from './store/attachments.ts'
import { findContentsInUse } from './sweep-leftovers.ts'
import {
  makeCycle,
  makeQaContext,
  makeReadyList,
  makeStatuses,
  makeUser,
  QA_TEST_MIGRATIONS,
} from './testing.ts'

const FILE = { name: '../../etc/How to.PDF', content: Buffer.from('%PDF-1.7 text') }

forEachDatabase('attachments', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let owners: Readonly<Record<OpenOwner['kind'], number>>
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    await makeStatuses(database)
    const { assignmentId, testIds, testListId } = await makeReadyList(database, [{ macro: 'a' }])
    const { session } = await createSession(ctx, {
      assignmentId,
      workStarted: new Date('2019-07-25T14:00:00Z'),
      tests: tests({ a: 1 }),
    })
    owners = {
      test: testIds.a ?? 0,
      testList: testListId,
      testListCycle: await makeCycle(database, [testListId]),
      session: session.id,
      ...(await makeServiceOwners(ctx)),
    }
  })

  async function userWith(...permissions: string[]) {
    return { ...ctx, actor: await makeUser(database, { permissions: new Set(permissions) }) }
  }

  it.each([
    ['test', 'test', 'machine-qa.test.change'],
    ['testList', 'testlist', 'machine-qa.test-list.change'],
    ['testListCycle', 'testlistcycle', 'machine-qa.test-list-cycle.change'],
    ['session', 'testlistinstance', 'machine-qa.session.change'],
    ['unit', 'unit', 'machine-qa.unit.change'],
    ['serviceEvent', 'serviceevent', 'machine-qa.service-event.change'],
    ['part', 'part', 'machine-qa.part.change'],
    ['fault', 'fault', 'machine-qa.fault.add'],
  ] as const)('can be added to a %s by whoever may change it', async (kind, folder, permission) => {
    const owner = { kind, id: owners[kind] }
    const viewer = await userWith('machine-qa.access')
    expect(await refusalOf(addAttachment(viewer, owner, FILE))).toEqual({ kind: 'not-permitted', permission })
    const attachment = await addAttachment(await userWith(permission), owner, FILE)
    expect(attachment).toMatchObject({
      label: 'How to.PDF',
      mediaType: 'application/pdf',
      sizeBytes: 13,
      owner,
    })
    expect(attachment.path).toMatch(
      new RegExp(`^uploads/${folder}/${owner.id}/how-to_2019-07-25_[0-9a-f]{6}\\.pdf$`, 'i'),
    )
    expect(await findAttachmentsOf(database.db, kind, [owner.id])).toEqual([attachment])
  })

  it('need an owner that exists', async () => {
    expect(await refusalOf(addAttachment(ctx, { kind: 'test', id: 999_999 }, FILE))).toMatchObject({
      kind: 'not-found',
    })
  })

  it('can be removed from the configuration only', async () => {
    const ofTest = await addAttachment(ctx, { kind: 'test', id: owners.test }, FILE)
    const ofSession = await addAttachment(ctx, { kind: 'session', id: owners.session }, FILE)
    await removeAttachment(ctx, ofTest.id)
    expect(await refusalOf(removeAttachment(ctx, ofTest.id))).toMatchObject({ kind: 'not-found' })
    expect(await refusalOf(removeAttachment(ctx, ofSession.id))).toMatchObject({ kind: 'conflict' })
  })

  it('tell the sweep of orphans which contents are in use', async () => {
    const { sha256 } = await addAttachment(ctx, { kind: 'session', id: owners.session }, FILE)
    expect(await findContentsInUse(ctx, [sha256, '0'.repeat(64)])).toEqual(new Set([sha256]))
  })

  describe('when they are opened', () => {
    it('give their content to members of machine QA, by id and by address', async () => {
      const { id, path } = await addAttachment(ctx, { kind: 'session', id: owners.session }, FILE)
      const viewer = await userWith('machine-qa.access')
      for (const wanted of [{ id }, { path }]) {
        const opened = await openAttachment(viewer, wanted)
        expect(await text(await opened.open())).toBe('%PDF-1.7 text')
        expect(await text(await opened.open({ start: 9 }))).toBe('text')
      }
    })

    it('stay shut for everybody else', async () => {
      const { id } = await addAttachment(ctx, { kind: 'session', id: owners.session }, FILE)
      expect(await refusalOf(openAttachment(await userWith('lims.access'), { id }))).toMatchObject({
        kind: 'not-permitted',
      })
      expect(await refusalOf(openAttachment({ ...ctx, actor: { kind: 'anonymous' } }, { id }))).toMatchObject(
        {
          kind: 'not-authenticated',
        },
      )
      expect(await refusalOf(openAttachment(ctx, { path: '../secret' }))).toMatchObject({ kind: 'not-found' })
    })
  })
})
