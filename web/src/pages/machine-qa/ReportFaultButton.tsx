import { Button } from '@mantine/core'
import { type ReactElement, Suspense, useState } from 'react'
import { usePermission } from '../../api/session.ts'
import { ReportFault } from '../../app/machine-qa-parts.ts'

/** Opens the few fields of a fault, from wherever the unit is looked at. */
export function ReportFaultButton({
  unit,
}: {
  readonly unit: { readonly id: number; readonly name: string }
}): ReactElement | null {
  const mayReport = usePermission('machine-qa.fault.add')
  const [isOpen, setOpen] = useState(false)
  if (!mayReport) return null
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Report fault
      </Button>
      {isOpen ? (
        <Suspense>
          <ReportFault unit={unit} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
