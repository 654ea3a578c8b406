import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findAvailablePackages, providedRoots, selectPackages } from './packages.ts'

async function makeFolder(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'python-packages-'))
  await Promise.all(files.map((file) => writeFile(join(folder, file), '')))
  return folder
}

const NUMPY = 'numpy-2.4.6-cp314-cp314-pyemscripten_2026_0_wasm32.whl'
const MATPLOTLIB = 'matplotlib-3.10.8-cp314-cp314-pyemscripten_2026_0_wasm32.whl'

describe('Python packages of the server', () => {
  it('are none without a folder', async () => {
    const available = await findAvailablePackages(null)
    expect(available).toEqual({ python: '3.14.2', pyodide: '314.0.7', listed: [], wheels: [] })
  })

  it('are refused when the folder is not there', async () => {
    await expect(findAvailablePackages('/no/such/folder')).rejects.toMatchObject({
      refusal: { kind: 'upstream-failed', source: 'Python packages' },
    })
  })

  it('are those of the list whose files are there with all they need', async () => {
    const available = await findAvailablePackages(await makeFolder(NUMPY, MATPLOTLIB))
    expect(available.listed.map(({ name, version }) => [name, version])).toEqual([['numpy', '2.4.6']])
    expect(providedRoots(available)).toEqual(['numpy'])
  })

  it('are further wheels of pure Python or of this very interpreter', async () => {
    const folder = await makeFolder(
      'pydicom-3.0.1-py3-none-any.whl',
      'Fast_Thing-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl',
      'other-1.0-cp314-cp314-manylinux_2_17_x86_64.whl',
      'old-1.0-cp312-cp312-pyemscripten_2026_0_wasm32.whl',
      'notes.txt',
    )
    const { wheels } = await findAvailablePackages(folder)
    expect(wheels.map(({ name, version, imports }) => [name, version, imports]).sort()).toEqual([
      ['Fast_Thing', '1.0', ['fast_thing']],
      ['pydicom', '3.0.1', ['pydicom']],
    ])
  })

  it('are loaded when a snippet imports them, wheels together with numpy', async () => {
    const available = await findAvailablePackages(await makeFolder(NUMPY, 'pydicom-3.0.1-py3-none-any.whl'))
    expect(selectPackages(available, ['numpy.linalg'])).toEqual({ packages: ['numpy'], wheels: [] })
    expect(selectPackages(available, ['pydicom'])).toEqual({
      packages: ['numpy'],
      wheels: ['pydicom-3.0.1-py3-none-any.whl'],
    })
    expect(selectPackages(available, [])).toEqual({ packages: [], wheels: [] })
  })
})
