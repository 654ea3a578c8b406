import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDicomFile } from '../support/dicom-files.ts'
import { type ImageSite, makeImageSite } from '../support/image-site.ts'

const SCRIPT = join(import.meta.dirname, 'dicomweb_journey.py')

const python = spawnSync('python3', ['-c', 'import dicomweb_client, pydicom'], { encoding: 'utf8' })
const whyNot = python.error
  ? 'there is no python3'
  : python.status === 0
    ? undefined
    : 'python3 has no dicomweb-client (pip install dicomweb-client; PYTHONPATH may name its folder)'

if (whyNot !== undefined) console.warn(`The client of DICOMweb does not run here: ${whyNot}.`)

describe.runIf(whyNot === undefined)('the Python client of DICOMweb', { timeout: 60_000 }, () => {
  let images: ImageSite
  let folder: string
  let origin: string
  beforeAll(async () => {
    images = await makeImageSite('sqlite')
    folder = await mkdtemp(join(tmpdir(), 'touchstone-dicomweb-'))
    const port = await images.app.server.listen({ port: 0, host: '127.0.0.1' })
    origin = `http://127.0.0.1:${port}`
  })
  afterAll(async () => {
    await images.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('stores, finds and fetches what it stored', async () => {
    const person = await images.makePerson('researcher', ['Imaging'])
    const paths = await Promise.all(
      ['2.25.30', '2.25.31'].map(async (uid, index) => {
        const path = join(folder, `${index}.dcm`)
        const number = String(index + 1)
        await writeFile(
          path,
          makeDicomFile({ SOPInstanceUID: uid, InstanceNumber: number, PatientName: 'Größe^Ø' }),
        )
        return path
      }),
    )
    const token = person.auth.replace('Token ', '')
    const { stdout } = await promisify(execFile)('python3', [SCRIPT, `${origin}/dicom-web`, token, ...paths])
    expect(JSON.parse(stdout)).toEqual({
      stored: 2,
      failed: 0,
      studies: 1,
      series: 1,
      instances: ['2.25.30', '2.25.31'],
      names: ['Größe^Ø', 'Größe^Ø'],
      fetched: ['2.25.30', '2.25.31'],
      'same pixels': true,
      picture: '89504e47',
    })
  })
})
