import { Drawer } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireTest } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { TestHistoryChart } from './TestHistoryChart.tsx'

/** The course of a test beside the page, so that nothing typed is left. */
export function TestChartDrawer({
  test,
  unit,
  onClose,
}: {
  readonly test: Pick<WireTest, 'name' | 'unitTestInfoId'> | undefined
  readonly unit: string
  readonly onClose: () => void
}): ReactElement {
  return (
    <Drawer
      opened={test !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={test === undefined ? '' : `${test.name} on ${unit}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {test === undefined ? null : (
        <>
          <TestHistoryChart unitTestInfoId={test.unitTestInfoId} title={test.name} />
          <p>
            <AppLink to={`/machine-qa/tests/${test.unitTestInfoId}`} target="_blank">
              Open on a page of its own
            </AppLink>
          </p>
        </>
      )}
    </Drawer>
  )
}
