import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  makeSitePlace,
  openTestSite,
  removeSitePlace,
  type SitePlace,
} from '../../../tests/support/make-site.ts'
import { asSystem, type Context, inTransaction } from '../../context.ts'
import { asUser } from '../../modules/access/testing.ts'
import { findStudies, getStudy } from '../../modules/dicom/find-studies.ts'
import { imageFolderOf } from '../../modules/dicom/image-folder.ts'
import type { Site } from '../../site.ts'
import { seedAccounts } from '../seed-accounts.ts'
import { ctStudy } from './made-up-studies.ts'
import { seedStudies } from './seed-studies.ts'

let place: SitePlace
let site: Site
let imaging: Context
let other: Context

beforeAll(async () => {
  place = await makeSitePlace('sqlite')
  site = await openTestSite(place, { now: () => new Date('2026-01-05T15:00:00Z') })
  let ids: readonly number[] = []
  await inTransaction(asSystem(site.base, 'test'), async (tx) => {
    const people = await seedAccounts(tx, site.access)
    await seedStudies(tx, people, imageFolderOf(site.config.data))
    ids = ['user5@example.com', 'developer'].map((name) => people.actor(name).id)
  })
  const [user = 0, developer = 0] = ids
  imaging = await asUser(site.base, user)
  other = await asUser(site.base, developer)
})

afterAll(async () => {
  await site.close()
  await removeSitePlace(place)
})

const PAGE = { order: { by: 'studyDate', direction: 'desc' }, limit: 10, offset: 0 } as const

it('has studies of phantoms that the department sees and nobody else', async () => {
  const { studies } = await findStudies(imaging, { bin: false }, PAGE)
  expect(
    studies.map(({ date, description, modalities, instanceCount }) => [
      date,
      description,
      modalities,
      instanceCount,
    ]),
  ).toEqual([
    ['20260104', 'Open field 10 x 10 cm', ['RTPLAN', 'RTDOSE'], 2],
    ['20260102', 'CT constancy, monthly', ['CT'], 12],
    ['20251228', 'Detector constancy', ['CR'], 1],
    ['20251216', 'MR relaxometry, quarterly', ['MR'], 6],
  ])
  await expect(findStudies(other, { bin: false }, PAGE)).rejects.toMatchObject({
    refusal: { permission: 'dicom.study.view' },
  })
  const [rt] = studies
  const { series } = await getStudy(imaging, rt?.uid ?? '')
  expect(series.map(({ modality, instances }) => [modality, instances[0]?.frames])).toEqual([
    ['RTPLAN', 0],
    ['RTDOSE', 8],
  ])
})

it('is the same every time', () => {
  const bytesOf = () =>
    ctStudy('20260102').map(({ elements }) => {
      const pixels = elements.get(0x7fe00010)
      return pixels?.source.read(pixels.start, pixels.start + pixels.length).toString('base64')
    })
  expect(bytesOf()).toEqual(bytesOf())
})
