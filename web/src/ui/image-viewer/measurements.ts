/** A finished measurement, as the page lists it. */
export interface Measurement {
  readonly id: string
  /** Index of its frame in the stack. */
  readonly frame: number
  readonly kind: 'length' | 'region'
  /** `Length 12.3 mm`; `Mean 40.1 HU, SD 8.2, area 120 mm²` */
  readonly text: string
}

/** The part of an annotation that is read here. */
interface Annotation {
  readonly annotationUID?: string | undefined
  readonly metadata?: { readonly toolName: string; readonly referencedImageId?: string } | undefined
  readonly data: { readonly cachedStats?: unknown }
}

interface Stats {
  readonly length?: number
  readonly unit?: string
  readonly mean?: number
  readonly stdDev?: number
  readonly min?: number
  readonly max?: number
  readonly area?: number
  readonly areaUnit?: string
  readonly modalityUnit?: string
}

/** Annotations of these frames as measurements; those that have no result yet are left out. */
export function describeMeasurements(
  annotations: readonly Annotation[],
  ids: readonly string[],
): readonly Measurement[] {
  return annotations.flatMap(({ annotationUID, metadata, data }) => {
    const frame = ids.indexOf(metadata?.referencedImageId ?? '')
    const stats = Object.values((data.cachedStats ?? {}) as Readonly<Record<string, Stats>>)[0]
    const kind = metadata?.toolName === 'Length' ? 'length' : 'region'
    const text = stats && (kind === 'length' ? lengthText(stats) : regionText(stats))
    return frame < 0 || text === undefined ? [] : [{ id: annotationUID ?? '', frame, kind, text }]
  })
}

function lengthText({ length, unit = '' }: Stats): string | undefined {
  return length === undefined ? undefined : `Length ${rounded(length)} ${unit}`.trim()
}

function regionText({
  mean,
  stdDev,
  min,
  max,
  area,
  areaUnit = '',
  modalityUnit = '',
}: Stats): string | undefined {
  if (mean === undefined || Number.isNaN(mean)) return undefined
  const parts = [
    `Mean ${rounded(mean)} ${modalityUnit}`.trim(),
    ...(stdDev === undefined ? [] : [`SD ${rounded(stdDev)}`]),
    ...(min === undefined || max === undefined ? [] : [`${rounded(min)} to ${rounded(max)}`]),
    ...(area === undefined ? [] : [`area ${rounded(area)} ${areaUnit}`.trim()]),
  ]
  return parts.join(', ')
}

function rounded(value: number): string {
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2
  return String(Number(value.toFixed(digits)))
}
