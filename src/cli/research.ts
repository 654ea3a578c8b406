import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { asSystem, type Context } from '../context.ts'
import { EVERYTHING } from '../core/query.ts'
import { researchServicesOf } from '../declared-research.ts'
import { ANY_SAMPLE } from '../modules/research/domain/search.ts'
import { exportCrate } from '../modules/research/export-crate.ts'
import { exportSamples } from '../modules/research/export-samples.ts'
import { importCrate } from '../modules/research/import-crate.ts'
import { writeCsv } from '../platform/spreadsheets/write-csv.ts'
import { openSite } from '../site.ts'
import { VERSION } from '../version.ts'
import { type Command, UsageError } from './command.ts'

export const exportResearch: Command = {
  name: 'export research',
  usage: 'export research [--format csv|eln --out FILE]',
  help: 'write all research samples, as a table or with experiments and files as an archive',
  options: { format: { type: 'string' }, out: { type: 'string' } },
  run: async ({ config, options }) => {
    const { format = 'csv', out } = options
    if (format !== 'csv' && format !== 'eln') throw new UsageError('The format is csv or eln.')
    if (format === 'eln' && typeof out !== 'string' && process.stdout.isTTY)
      throw new UsageError('An archive does not belong on a terminal: name a file with --out.')
    const site = await openSite(config)
    try {
      const { content, count } = await contentOf(
        asSystem(site.base, 'command line'),
        format,
        config.publicUrl,
      )
      const target =
        typeof out === 'string' ? createWriteStream(out, { mode: 0o600, flush: true }) : process.stdout
      await pipeline(content, target, { end: typeof out === 'string' })
      if (typeof out === 'string') console.log(`Wrote ${count} samples to ${out}.`)
      return 0
    } finally {
      await site.close()
    }
  },
}

async function contentOf(ctx: Context, format: 'csv' | 'eln', publicUrl: string) {
  if (format === 'eln') {
    const host = publicUrl || 'http://localhost'
    const crate = await exportCrate(ctx, { search: ANY_SAMPLE, where: EVERYTHING, host, software: VERSION })
    return { content: crate.content, count: crate.samples }
  }
  const { columns, rows, count } = await exportSamples(ctx, ANY_SAMPLE, EVERYTHING)
  return { content: writeCsv(columns, rows, { zone: ctx.zone }), count }
}

export const importResearch: Command = {
  name: 'import research',
  usage: 'import research FILE --institute ID --project ID [--check]',
  help: 'register the samples of an .eln archive; importing it again changes nothing',
  options: { institute: { type: 'string' }, project: { type: 'string' }, check: { type: 'boolean' } },
  run: async ({ config, words: [file], options }) => {
    if (file === undefined) throw new UsageError('Name the archive.')
    const defaults = {
      instituteId: idOf(options.institute, 'institute'),
      projectId: idOf(options.project, 'project'),
    }
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-import-'))
    const site = await openSite(config)
    try {
      const ctx = asSystem(site.base, 'command line')
      const mode = options.check === true ? 'check' : 'store'
      const { items, stored } = await importCrate(
        ctx,
        researchServicesOf(config),
        { path: file, folder },
        defaults,
        mode,
      )
      for (const { kind, identifier, state, problems } of items)
        console.log([`${kind} ${identifier}: ${state}`, ...problems].join('. '))
      console.log(`Registered ${stored} samples.`)
      return items.some(({ state }) => state === 'conflict') ? 1 : 0
    } finally {
      await site.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

function idOf(given: string | boolean | undefined, name: string): number {
  const id = Number(given)
  if (!Number.isSafeInteger(id) || id < 1)
    throw new UsageError(`Say to which ${name} the samples belong: --${name} ID`)
  return id
}
