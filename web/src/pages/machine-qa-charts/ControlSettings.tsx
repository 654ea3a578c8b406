import { NativeSelect, NumberInput, SegmentedControl } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireChartSeries } from '../../../../src/dialects/native/machine-qa/charts.schema.ts'
import type { SearchPatch } from '../../ui/url-state.ts'
import { type ChartState, RULE_SETS, type RuleSetName } from './chart-state.ts'
import classes from './charts.module.css'

export const RULE_SET_WORDS: Readonly<Record<RuleSetName, string>> = {
  'western-electric': 'Western Electric',
  nelson: 'Nelson',
  westgard: 'Westgard',
}

export interface ControlSettingsProps {
  readonly state: ChartState
  /** One for each test on a unit that can have a control chart. */
  readonly subjects: readonly Pick<WireChartSeries, 'unit' | 'test'>[]
  readonly chosen: string
  readonly patch: (changes: SearchPatch) => void
}

/** Whether a control chart is drawn, of which kind, and with which rules. */
export function ControlSettings({ state, subjects, chosen, patch }: ControlSettingsProps): ReactElement {
  return (
    <div className={classes.control} data-print="hide">
      <SegmentedControl
        aria-label="Control chart"
        value={state.control ?? 'none'}
        onChange={(kind) => patch({ control: kind === 'none' ? undefined : kind })}
        data={[
          { value: 'none', label: 'No control chart' },
          { value: 'shewhart', label: 'Shewhart' },
          { value: 'cusum', label: 'CUSUM' },
          { value: 'ewma', label: 'EWMA' },
        ]}
      />
      {state.control === undefined ? null : (
        <>
          {subjects.length < 2 ? null : (
            <NativeSelect
              aria-label="Control chart of"
              value={chosen}
              onChange={(event) => patch({ of: event.currentTarget.value })}
              data={subjects.map(({ unit, test }) => ({
                value: `${unit.id}-${test.id}`,
                label: `${unit.name} :: ${test.name}`,
              }))}
            />
          )}
          {state.control === 'shewhart' ? (
            <>
              <NativeSelect
                aria-label="Rules"
                value={state.rules}
                onChange={(event) => patch({ rules: event.currentTarget.value })}
                data={RULE_SETS.map((name) => ({ value: name, label: `${RULE_SET_WORDS[name]} rules` }))}
              />
              <SmallNumber
                label="Values in a subgroup"
                prefix="n = "
                value={state.size}
                least={1}
                most={99}
                onChange={(size) => patch({ size: size === 1 ? undefined : String(size) })}
              />
            </>
          ) : null}
          <SmallNumber
            label="Subgroups that set the limits"
            prefix="baseline "
            value={state.baseline}
            least={2}
            most={10_000}
            onChange={(baseline) => patch({ baseline: String(baseline) })}
          />
        </>
      )}
    </div>
  )
}

interface SmallNumberProps {
  readonly label: string
  readonly prefix: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly onChange: (value: number) => void
}

function SmallNumber({ label, prefix, value, least, most, onChange }: SmallNumberProps): ReactElement {
  return (
    <NumberInput
      aria-label={label}
      title={label}
      prefix={prefix}
      value={value}
      min={least}
      max={most}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      w={150}
      onChange={(next) => {
        if (typeof next === 'number' && next >= least && next <= most) onChange(next)
      }}
    />
  )
}
