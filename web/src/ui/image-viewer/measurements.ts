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

/** Results of the renderer; null until they are calculated. */
interface Stats {
  readonly length?: number | null
  readonly unit?: string | null
  readonly mean?: number | null
  readonly stdDev?: number | null
  readonly min?: number | null
  readonly max?: number | null
  readonly area?: number | null
  readonly areaUnit?: string | null
  readonly modalityUnit?: string | null
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

function lengthText({ length, unit }: Stats): string | undefined {
  return isKnown(length) ? `Length ${rounded(length)} ${unit ?? ''}`.trim() : undefined
}

function regionText({ mean, stdDev, min, max, area, areaUnit, modalityUnit }: Stats): string | undefined {
  if (!isKnown(mean)) return undefined
  const parts = [
    `Mean ${rounded(mean)} ${modalityUnit ?? ''}`.trim(),
    ...(isKnown(stdDev) ? [`SD ${rounded(stdDev)}`] : []),
    ...(isKnown(min) && isKnown(max) ? [`${rounded(min)} to ${rounded(max)}`] : []),
    ...(isKnown(area) ? [`area ${rounded(area)} ${areaUnit ?? ''}`.trim()] : []),
  ]
  return parts.join(', ')
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function rounded(value: number): string {
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2
  return String(Number(value.toFixed(digits)))
}
