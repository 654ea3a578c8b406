import type {
  Block,
  Cell,
  Column,
  PdfDocument,
  Row,
  SignatureLine,
} from '../../../platform/pdf/pdf-document.ts'
import { blocksFromHtml } from '../../../platform/pdf/rich-text.ts'
import type { StatusToken } from '../../../platform/pdf/status-token.ts'
import type { CertificateFacts, CertificateResult, CertificateSample } from './certificate.ts'
import { CERTIFICATE_WORDS, type CertificateWords } from './certificate-words.data.ts'

/** What a certificate is called, and when it is given out. */
export type CertificateIssue = {
  readonly documentId: string
  readonly at: Date
  readonly zone: string
  /** shows a watermark, since nothing was issued */
  readonly isDraft: boolean
}

type Writing = {
  readonly facts: CertificateFacts
  readonly words: CertificateWords
  readonly day: (at: Date | null) => string | null
  readonly instant: (at: Date | null) => string | null
}

/**
 * A certificate of analysis on paper: letterhead, client, each sample with its results, notes, signatures and codes to
 * the records. Its contents follow ISO/IEC 17025:2017, 7.8.2 to 7.8.8.
 */
export function describeCertificate(facts: CertificateFacts, issue: CertificateIssue): PdfDocument {
  const words = CERTIFICATE_WORDS[facts.language]
  const writing: Writing = {
    facts,
    words,
    day: dateWriter(words.locale, issue.zone, false),
    instant: dateWriter(words.locale, issue.zone, true),
  }
  const { laboratory, samples } = facts
  return {
    title: facts.amendment ? words.amendedTitle : words.title,
    subtitle: `${issue.documentId} · ${samples.map(({ objectId }) => objectId).join(', ')}`.slice(0, 200),
    documentId: issue.documentId,
    generatedAt: issue.at,
    zone: issue.zone,
    locale: words.locale,
    author: laboratory.name,
    words: words.frame,
    letterhead: {
      name: laboratory.name,
      address: laboratory.address,
      ...(laboratory.logo ? { logo: laboratory.logo } : {}),
      ...(laboratory.mark
        ? {
            marks: [
              {
                text: laboratory.mark.text,
                ...(laboratory.mark.picture ? { picture: laboratory.mark.picture } : {}),
              },
            ],
          }
        : {}),
    },
    ...(issue.isDraft ? { watermark: words.draft } : {}),
    blocks: [
      clientFacts(writing, issue),
      ...amendmentBlocks(writing),
      ...samples.flatMap((sample) => sampleBlocks(writing, sample)),
      notes(writing),
      ...(laboratory.footer ? blocksFromHtml(laboratory.footer) : []),
      signatures(writing),
      { kind: 'text', text: words.end, look: 'muted' },
    ],
  }
}

function dateWriter(locale: string, zone: string, withTime: boolean): (at: Date | null) => string | null {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    ...(withTime ? ({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const) : {}),
  })
  return (at) => (at === null ? null : format.format(at))
}

function clientFacts({ facts, words, instant }: Writing, issue: CertificateIssue): Block {
  const { client } = facts
  return {
    kind: 'facts',
    columns: 2,
    items: [
      { label: words.facts.client, value: [client.name, ...client.address].join('\n') },
      { label: words.facts.contact, value: client.contact },
      { label: words.facts.issued, value: instant(issue.at) },
      { label: words.facts.location, value: words.atLaboratory },
    ],
  }
}

function amendmentBlocks({ facts, words, day }: Writing): Block[] {
  const { amendment } = facts
  if (!amendment) return []
  const labels = amendment.replaces
    .map(({ label, issuedAt }) => `${label} (${day(issuedAt) ?? ''})`)
    .join(', ')
  const changes = amendment.changes.map(({ sample, analysis, before, after }) =>
    fill(words.changed, { sample, analysis, before: before ?? '–', after: after ?? '–' }),
  )
  return [
    {
      kind: 'status',
      status: { token: 'warn', word: words.amendedTitle },
      text: fill(words.replaces, { labels }),
    },
    { kind: 'text', text: fill(words.reason, { reason: amendment.reason }) },
    { kind: 'list', items: changes.length > 0 ? changes : [words.noChange] },
  ]
}

function sampleBlocks(writing: Writing, sample: CertificateSample): Block[] {
  const { words } = writing
  const qr: Block = {
    kind: 'barcode',
    symbology: 'qr',
    value: sample.address,
    widthMm: 20,
    text: sample.objectId,
    align: 'end',
  }
  return [
    { kind: 'heading', level: 2, text: `${words.facts.sample} ${sample.objectId}` },
    { kind: 'two-columns', start: [sampleFacts(writing, sample)], end: [qr], startShare: 0.8 },
    resultTable(writing, sample),
    ...interpretationBlocks(writing, sample),
    ...(sample.remarks === null
      ? []
      : ([
          { kind: 'heading', level: 3, text: words.remarks },
          { kind: 'text', text: sample.remarks },
        ] as const)),
  ]
}

function sampleFacts({ words, day, instant }: Writing, sample: CertificateSample): Block {
  const { analysedFrom, analysedTo } = sample
  const analysed = [...new Set([day(analysedFrom), day(analysedTo)])].filter((each) => each !== null)
  const items: readonly (readonly [keyof CertificateWords['facts'], string | null])[] = [
    ['sampleType', sample.sampleType],
    ['clientSampleId', sample.clientSampleId],
    ['clientReference', sample.clientReference],
    ['orderNumber', sample.orderNumber],
    ['samplePoint', sample.samplePoint],
    ['sampled', instant(sample.sampledAt)],
    ['sampler', sample.sampler],
    ['received', instant(sample.receivedAt)],
    ['analysed', analysed.length === 0 ? null : analysed.join(' – ')],
    ['condition', sample.condition],
    ['deviation', sample.deviation],
    ['environment', sample.environment],
    ['specification', sample.specification],
  ]
  return {
    kind: 'facts',
    columns: 2,
    items: items.flatMap(([name, value]) => (value === null ? [] : [{ label: words.facts[name], value }])),
  }
}

const TOKENS: Readonly<Record<'within' | 'warning' | 'out', StatusToken>> = {
  within: 'ok',
  warning: 'warn',
  out: 'act',
}

function resultTable({ facts, words }: Writing, { results }: CertificateSample): Block {
  const { columns } = words
  const head: readonly Column[] = [
    { title: columns.analysis, width: 'fill' },
    { title: columns.method, width: 'fill' },
    { title: columns.result, align: 'end', width: 'fit' },
    { title: columns.unit, width: 'fit' },
    { title: columns.uncertainty, align: 'end', width: 'fit' },
    { title: columns.limit, align: 'end', width: 'fit' },
    { title: columns.range, width: 'fit' },
    { title: columns.assessment, width: 'fit' },
  ]
  const groups = [...Map.groupBy(results, ({ category }) => category)].map(([title, group]) => ({
    title,
    rows: group.map((result) => resultRow(facts, words, result)),
  }))
  const [only] = groups
  if (groups.length > 1) return { kind: 'table', columns: head, groups }
  return { kind: 'table', columns: head, rows: only?.rows ?? [], whenEmpty: words.noResults }
}

function resultRow(
  { laboratory }: CertificateFacts,
  words: CertificateWords,
  result: CertificateResult,
): Row {
  const marks = [
    ...(laboratory.accredited && !result.accredited ? ['*'] : []),
    ...(result.subcontractor === null ? [] : ['#']),
    ...(result.measuredInField ? ['§'] : []),
  ].join('')
  const assessment: Cell =
    result.conformity === null
      ? null
      : { status: { token: TOKENS[result.conformity], word: words.conformity[result.conformity] } }
  const note = [
    ...(result.dryMatter === null ? [] : [fill(words.dryMatter, { value: result.dryMatter })]),
    ...[result.rangeComment, result.remarks].filter((each) => each !== null),
  ].join(' · ')
  return {
    cells: [
      marks === '' ? result.title : `${result.title} ${marks}`,
      result.method,
      result.text === '' ? null : result.text,
      result.unit,
      result.uncertainty === '' ? null : result.uncertainty,
      result.detectionLimit,
      result.range,
      assessment,
    ],
    ...(note === '' ? {} : { note }),
  }
}

function interpretationBlocks({ words }: Writing, { interpretations }: CertificateSample): Block[] {
  if (interpretations.length === 0) return []
  return [
    { kind: 'heading', level: 3, text: words.interpretation },
    ...interpretations.flatMap(({ department, html }): Block[] => [
      ...(department === null ? [] : [{ kind: 'text', text: [{ text: department, bold: true }] } as const]),
      ...blocksFromHtml(html),
    ]),
  ]
}

function notes({ facts, words }: Writing): Block {
  const results = facts.samples.flatMap((sample) => sample.results)
  const { laboratory } = facts
  const providers = [...new Set(results.flatMap(({ subcontractor }) => subcontractor ?? []))]
  const percent = laboratory.confidence
  const hasOpinions = facts.samples.some(({ interpretations }) => interpretations.length > 0)
  return {
    kind: 'notes',
    title: words.notes,
    items: [
      words.onlyItems,
      words.asReceived,
      words.fromClient,
      ...(laboratory.accredited && results.some(({ accredited }) => !accredited)
        ? [words.notAccredited]
        : []),
      ...(providers.length > 0 ? [fill(words.subcontracted, { names: providers.join(', ') })] : []),
      ...(results.some(({ measuredInField }) => measuredInField) ? [words.fieldNote] : []),
      ...(results.some(({ uncertainty }) => uncertainty !== '')
        ? [
            percent === null
              ? words.uncertaintyNote
              : fill(words.uncertaintyConfidence, { percent: String(percent) }),
          ]
        : []),
      ...(results.some(({ conformity }) => conformity !== null) ? [words.decisionRule] : []),
      ...(hasOpinions ? [words.opinions] : []),
      words.inFull,
    ],
  }
}

function signatures({ facts, words, instant }: Writing): Block {
  return {
    kind: 'signatures',
    lines: facts.signers.map(({ role, name, jobTitle, at, picture }): SignatureLine => {
      const written = instant(at)
      return {
        role: jobTitle === null ? words[role] : `${words[role]}, ${jobTitle}`,
        ...(name === '' || written === null ? {} : { name, at: written }),
        ...(picture === null ? {} : { picture }),
      }
    }),
  }
}

/** A pattern with its names replaced in one pass, so that values are never taken for names. */
function fill(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (text, name: string) => values[name] ?? text)
}
