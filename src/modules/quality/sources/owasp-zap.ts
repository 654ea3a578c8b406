import { createHash } from 'node:crypto'
import { ageFindings, countEntities, versionFindings, wordsOf } from '../collector/findings.ts'
import { newerRelease } from '../collector/latest-release.ts'
import { stabilize } from '../collector/patterns.ts'
import { readFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import type { SourceReader, SourceReaders, SourceRequest } from '../collector/source-reader.ts'
import { childrenAt, childText, readRecords, type XmlNode } from '../collector/xml-records.ts'
import type { Entity } from '../domain/entity.ts'
import { textOf } from '../domain/report-tree.ts'
import { selectedValues } from '../domain/selected-values.ts'

type ZapReport = { readonly version: string; readonly generated: string; readonly alerts: readonly XmlNode[] }

/** A report of ZAP. @throws SourceFailure `parse` */
export async function parseZap(content: Buffer): Promise<ZapReport> {
  const alerts: XmlNode[] = []
  const root = await readRecords(content, ['alertitem'], (alert) => alerts.push(alert), ['OWASPZAPReport'])
  return { version: root.attributes.version ?? '', generated: root.attributes.generated ?? '', alerts }
}

async function readReports(request: SourceRequest) {
  const { documents, addresses } = await readFiles(request, ['xml'])
  return { reports: await Promise.all(documents.map(({ content }) => parseZap(content))), addresses }
}

const readWarnings: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const risks = selectedValues('owasp_zap', 'risks', request.parameters)
  const alerts = reports
    .flatMap((report) => report.alerts)
    .filter((alert) => risks.includes(childText(alert, 'riskcode')))
  const byType = textOf(request.parameters, 'alerts') === 'alert types'
  return countEntities(
    byType ? alerts.map(typeEntity) : instanceEntities(alerts, wordsOf(request, 'variable_url_regexp')),
    addresses,
  )
}

function md5(parts: readonly string[]): string {
  return createHash('md5').update(parts.join(':')).digest('hex')
}

const KEY_PARTS = ['alert', 'pluginid', 'cweid', 'wascid']

function typeEntity(alert: XmlNode): Entity {
  return {
    key: md5(KEY_PARTS.map((name) => childText(alert, name))),
    name: childText(alert, 'name') || childText(alert, 'alert'),
    description: withoutTags(childText(alert, 'desc')),
    risk: childText(alert, 'riskdesc'),
  }
}

/** Addresses hold tokens that change with every scan: keys are made without them. */
function instanceEntities(alerts: readonly XmlNode[], patterns: readonly string[]): readonly Entity[] {
  const found = alerts.flatMap((alert) =>
    childrenAt(alert, 'instances', 'instance').map((instance) => ({ alert, instance })),
  )
  const uris = found.map(({ instance }) =>
    childText(instance, 'uri').replaceAll(/[0-9a-fA-F]{20,}/g, 'hashremoved'),
  )
  const stable = stabilize(uris, patterns, 'variable-part-removed')
  return found.map(({ alert, instance }, index) => {
    const method = childText(instance, 'method')
    const uri = stable[index] ?? ''
    return {
      ...typeEntity(alert),
      key: md5([...KEY_PARTS.map((name) => childText(alert, name)), method, uri]),
      location: `${method} ${uri}`.trim(),
      uri,
    }
  })
}

function withoutTags(html: string): string {
  return html.replaceAll(/<[^<>]*>/g, '')
}

const readAge: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const dates = reports.map(({ generated }) => readSourceDate(generated, request.ctx.zone))
  return ageFindings(request, dates, addresses)
}

const readVersion: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  // weekly releases carry a date: D-2024-01-02
  const versions = reports.map(({ version }) => version.replace(/^D-/, '').replaceAll('-', '.'))
  return versionFindings(versions, addresses, await newerRelease(request, 'zaproxy/zaproxy', versions))
}

/** What ZAP found in web sites. */
export const owaspZap: SourceReaders = {
  security_warnings: readWarnings,
  source_up_to_dateness: readAge,
  source_version: readVersion,
}
