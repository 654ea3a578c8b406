import { type ComponentType, lazy } from 'react'

/** What service and faults put on the pages of units and of performing: pages never import another's. */

export interface UnitTabProps {
  readonly unitId: string
}

export interface ReportFaultProps {
  readonly unit: { readonly id: number; readonly name: string }
  readonly onClose: () => void
}

export const UnitService = lazy(async (): Promise<{ default: ComponentType<UnitTabProps> }> => {
  const { UnitService: component } = await import('../pages/service/UnitService.tsx')
  return { default: component }
})

export const UnitFile = lazy(async (): Promise<{ default: ComponentType<UnitTabProps> }> => {
  const { UnitFile: component } = await import('../pages/service/UnitFile.tsx')
  return { default: component }
})

export const UnitFaults = lazy(async (): Promise<{ default: ComponentType<UnitTabProps> }> => {
  const { UnitFaults: component } = await import('../pages/faults/UnitFaults.tsx')
  return { default: component }
})

export const ReportFault = lazy(async (): Promise<{ default: ComponentType<ReportFaultProps> }> => {
  const { ReportFault: component } = await import('../pages/faults/ReportFault.tsx')
  return { default: component }
})
