import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { ACCESS_HOOKS } from '../../../modules/access/hooks.ts'
import { createJobs } from '../../../modules/jobs/store/migrations/0001-create.ts'
import { CERTIFICATE_DOCUMENT } from '../../../modules/lims/certificates/certificate-kind.ts'
import { doTransition } from '../../../modules/lims/do-transition.ts'
import { enterResults } from '../../../modules/lims/enter-results.ts'
import { limsHooks } from '../../../modules/lims/hooks.ts'
import { analysis } from '../../../modules/lims/records/analysis.ts'
import { request } from '../../../modules/lims/records/request.ts'
import {
  asRole,
  LIMS_TEST_MIGRATIONS,
  makeLab,
  makeLimsContext,
  makeSample,
  NO_CALCULATIONS,
} from '../../../modules/lims/testing.ts'
import { createNotifications } from '../../../modules/notifications/store/migrations/0001-create.ts'
import { collectDocumentKinds } from '../../../modules/reports/document-kind.ts'
import { openBlobStore } from '../../../platform/blobs/open-blob-store.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { openDocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { readPdfText } from '../../../platform/pdf/read-pdf-text.ts'
import { makeUserWith, openNativeServer } from '../testing.ts'

const builder = openDocumentBuilder()
afterAll(() => builder.close())

const BASE = '/api/v1/lims/certificates'

forEachDatabase(
  'the laboratory on paper, by our own API',
  [...LIMS_TEST_MIGRATIONS, createJobs, createNotifications],
  (open) => {
    it('previews, issues and lists certificates, prints labels and worksheets, and refuses what is malformed', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'touchstone-certificate-routes-'))
      const ctx = makeLimsContext(await open('fresh'), {
        blobs: await openBlobStore({ kind: 'folder', folder }),
        now: () => new Date(),
        recordHooks: new Map([...ACCESS_HOOKS, ...limsHooks({ check: async () => [] })]),
      })
      const lab = await makeLab(ctx)
      const manager = await asRole(ctx, 'manager')
      const made = await makeSample(manager, lab)
      const about = [{ record: request.name, id: made.requestId }]
      await doTransition(manager, about, 'receive')
      const entries = made.analyses.map(({ id }) => ({ id, result: '5' }))
      await enterResults(manager, NO_CALCULATIONS, entries)
      await doTransition(
        manager,
        entries.map(({ id }) => ({ record: analysis.name, id })),
        'submit',
      )
      await doTransition(await asRole(ctx, 'verifier'), about, 'verify')

      const { ask } = await openNativeServer(ctx, {
        reports: {
          kinds: new Map(),
          documentKinds: collectDocumentKinds([CERTIFICATE_DOCUMENT]),
          builder,
          siteName: 'Test',
        },
      })
      const me = await makeUserWith(ctx, [], true)
      const stranger = await makeUserWith(ctx, [])
      const order = { samples: [made.requestId] }
      expect((await ask('POST', BASE, undefined, order)).status).toBe(401)
      expect((await ask('POST', BASE, stranger, order)).status).toBe(403)
      const preview = await ask('POST', `${BASE}/preview`, me, { ...order, language: 'de' })
      expect(preview.headers['content-type']).toBe('application/pdf')
      expect(readPdfText(preview.bytes).join('\n')).toContain('ENTWURF')

      for (const wrong of [
        {},
        { samples: 'x' },
        { samples: [] },
        { samples: [0] },
        { ...order, language: 'xx' },
        { ...order, decimalMark: ';' },
        { ...order, emails: [1] },
        { ...order, emails: ['a@b, c@d'] },
        { ...order, contacts: [999_999] },
        { ...order, thing: 1 },
      ])
        expect([JSON.stringify(wrong), (await ask('POST', BASE, me, wrong)).status]).toEqual([
          JSON.stringify(wrong),
          400,
        ])
      expect((await ask('POST', BASE, me, { samples: [999_999] })).status).toBe(404)
      expect((await ask('GET', `/api/v1/lims/samples/${made.requestId}/certificates`, me)).body).toEqual({
        items: [],
      })

      const issued = await ask('POST', BASE, me, order)
      expect(issued).toMatchObject({ status: 201, body: { revision: 1, reason: null } })
      const listed = await ask('GET', `/api/v1/lims/samples/${made.requestId}/certificates`, me)
      expect(listed.body).toMatchObject({ items: [issued.body] })
      const { documentId } = issued.body as { readonly documentId: number }
      const content = await ask('GET', `/api/v1/documents/${documentId}/content`, me)
      expect(readPdfText(content.bytes).join('\n')).toContain(made.request.objectId)

      const labels = await ask('POST', '/api/v1/lims/labels', me, { ...order, sheet: 'Roll 50×25 mm' })
      expect(readPdfText(labels.bytes).join('\n')).toContain(made.request.objectId)
      expect((await ask('POST', '/api/v1/lims/labels', me, { ...order, sheet: 'x' })).status).toBe(400)
      for (const path of [
        'worksheets/999999/print',
        'worksheets/999999/quality-control',
        'reference-samples/999999/chart?service=1',
      ])
        expect((await ask('GET', `/api/v1/lims/${path}`, me)).status).toBe(404)
      expect((await ask('GET', '/api/v1/lims/reference-samples/1/chart', me)).status).toBe(400)
    })
  },
)
