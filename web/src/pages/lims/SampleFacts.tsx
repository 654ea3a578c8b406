import type { ReactElement } from 'react'
import type { WirePrice, WireSample } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Fact, KeyValue } from '../../ui/KeyValue.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'

/** What is known of a sample; what nobody entered is left out. */
export function SampleFacts({ sample }: { readonly sample: WireSample }): ReactElement {
  return (
    <KeyValue facts={[...identity(sample), ...dates(sample), ...circumstances(sample), ...texts(sample)]} />
  )
}

type Named = { readonly name: string } | null

function optional(label: string, value: string | Named | undefined): readonly Fact[] {
  const text = typeof value === 'string' ? value : value?.name
  return text === undefined || text === '' ? [] : [{ label, value: text }]
}

function identity(sample: WireSample): readonly Fact[] {
  return [
    { label: 'Client', value: sample.client.name },
    { label: 'Contact', value: [sample.contact, ...sample.ccContacts].map(({ name }) => name).join(', ') },
    { label: 'Sample type', value: sample.sampleType.name },
    { label: 'Material', value: <span className="ts-mono">{sample.sampleObjectId}</span> },
    ...optional('Sample point', sample.samplePoint),
    ...optional('Batch', sample.batch),
    ...optional('Priority', sample.priority),
    ...optional('Specification', sample.specification),
    ...optional('Template', sample.template),
    ...optional('Profiles', sample.profiles.map(({ name }) => name).join(', ')),
    ...optional("Client's sample ID", sample.clientSampleId ?? undefined),
    ...optional("Client's reference", sample.clientReference ?? undefined),
    ...optional('Order number', sample.clientOrderNumber ?? undefined),
    ...(sample.siblings.length === 0 ? [] : [{ label: 'Same material', value: siblingLinks(sample) }]),
  ]
}

function siblingLinks({ siblings }: WireSample): ReactElement {
  return (
    <>
      {siblings.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 ? ', ' : null}
          <AppLink to={`/lims/samples/${id}`}>{name}</AppLink>
        </span>
      ))}
    </>
  )
}

function dates(sample: WireSample): readonly Fact[] {
  const known: readonly (readonly [string, string | null])[] = [
    ['Registered', sample.registeredAt],
    ['Sampled', sample.dateSampled ?? sample.samplingDate],
    ['Received', sample.dateReceived],
    ['Verified', sample.dateVerified],
    ['Published', sample.datePublished],
    ['To be disposed of', sample.disposalDate],
  ]
  return known
    .filter(([, at]) => at !== null)
    .map(([label, at]) => ({ label, value: <RelativeTime at={at} /> }))
}

function circumstances(sample: WireSample): readonly Fact[] {
  return [
    ...optional('Sampler', sample.sampler ?? undefined),
    ...optional('Condition', sample.sampleCondition),
    ...optional('Sampling deviation', sample.samplingDeviation),
    ...optional('Storage', sample.storageLocation),
    ...optional('Surroundings', sample.environmentalConditions ?? undefined),
    {
      label: 'Partitions',
      value: sample.partitions
        .map(({ objectId, container, stateTitle }) =>
          [objectId, container?.name, stateTitle.toLowerCase()].filter(Boolean).join(', '),
        )
        .join(' · '),
      wide: sample.partitions.length > 1,
    },
    { label: 'Price', value: priceText(sample.price) },
  ]
}

function texts(sample: WireSample): readonly Fact[] {
  const given = [
    ['Remarks', sample.remarks],
    ['Interpretation of results', sample.resultsInterpretation],
  ] as const
  return given
    .filter(([, text]) => text !== null)
    .map(([label, text]) => ({ label, value: text, wide: true }))
}

/** Amounts with the laboratory's currency: `52.44 CAD, of which 6.44 VAT`. */
export function priceText({ total, vat, currency }: WirePrice): string {
  return `${total.toFixed(2)} ${currency}, of which ${vat.toFixed(2)} VAT`
}
