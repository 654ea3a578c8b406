import { namesIn } from './formula.ts'
import type { Interim, ServiceSnapshot } from './service-snapshot.ts'

type Values = Readonly<Record<string, unknown>>

/** The parts of set-up that an analysis is made from. */
export type ServiceParts = {
  readonly service: Values
  readonly calculation: Values | undefined
  readonly method: Values | undefined
  readonly category: Values | undefined
}

/** What an analysis keeps of its service; rows of set-up were checked when they were saved. */
export function snapshotService({ service, calculation, method, category }: ServiceParts): ServiceSnapshot {
  const formula = typeof calculation?.formula === 'string' ? calculation.formula : null
  const interims = new Set(interimsOf({ service, calculation }).map(({ keyword }) => keyword))
  const kept = service as unknown as ServiceSnapshot & {
    readonly attachmentOption: string
    readonly maxTimeAllowed: number | null
  }
  return {
    title: kept.title,
    keyword: kept.keyword,
    unit: kept.unit,
    precision: kept.precision,
    exponentialFormatPrecision: kept.exponentialFormatPrecision,
    lowerDetectionLimit: kept.lowerDetectionLimit,
    upperDetectionLimit: kept.upperDetectionLimit,
    detectionLimitSelector: kept.detectionLimitSelector,
    allowManualDetectionLimit: kept.allowManualDetectionLimit,
    resultType: kept.resultType,
    resultOptions: kept.resultOptions ?? [],
    uncertainties: kept.uncertainties ?? [],
    precisionFromUncertainty: kept.precisionFromUncertainty,
    allowManualUncertainty: kept.allowManualUncertainty,
    reportDryMatter: kept.reportDryMatter,
    attachmentRequired: kept.attachmentOption === 'r',
    manualEntryOfResults: kept.manualEntryOfResults,
    duplicateVariation: kept.duplicateVariation,
    accredited: kept.accredited,
    ...(kept.subcontractor ? { subcontractor: kept.subcontractor } : {}),
    methodTitle: typeof method?.title === 'string' ? method.title : null,
    formula,
    needs:
      formula === null
        ? []
        : [
            ...new Set(
              namesIn(formula)
                .map(({ keyword }) => keyword)
                .filter((keyword) => !interims.has(keyword)),
            ),
          ],
    categoryTitle: String(category?.title ?? ''),
    maxTimeAllowedS: kept.maxTimeAllowed,
  }
}

/** Interim fields of a new analysis: those of the calculation, replaced and completed by the service's. */
export function interimsOf({
  service,
  calculation,
}: Pick<ServiceParts, 'service' | 'calculation'>): readonly Interim[] {
  const both = [...listOf(calculation?.interimFields), ...listOf(service.interimFields)]
  return [
    ...new Map(
      both.map((interim) => [interim.keyword, { ...interim, value: String(interim.value ?? '') }]),
    ).values(),
  ]
}

function listOf(given: unknown): readonly Interim[] {
  return Array.isArray(given) ? given : []
}
