import { Button, Popover } from '@mantine/core'
import type { ReactElement } from 'react'
import { unitSign } from '../../api/research/info-text.ts'
import classes from './research.module.css'

const EXAMPLES = [
  ['type = Solids and weight_in_g > 5 g', 'comparisons convert units'],
  ['density_in_gccm between 1 and 2 g/cm3', 'a range'],
  ['composition ~ "NMC"', 'contains'],
  ['date_created in 2026-11', 'a month'],
  ['ancestor = 240616_125138_010102', 'everything made of a sample'],
  ['not has experiment(method = "Sieving")', 'what was not yet done'],
] as const

interface Field {
  readonly path: string
  readonly label: string
  readonly unit: string | null
}

/** What can be written into the search box, and the fields that it knows. */
export function SearchHelp({ fields }: { readonly fields: readonly Field[] }): ReactElement {
  return (
    <Popover width={460} position="bottom-end">
      <Popover.Target>
        <Button variant="default">Search help</Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.help}>
        <p>Words are looked for in id, name and location. A comparison asks for any field:</p>
        <dl>
          {EXAMPLES.map(([text, meaning]) => (
            <div key={text}>
              <dt className="ts-mono">{text}</dt>
              <dd className="ts-dim">{meaning}</dd>
            </div>
          ))}
        </dl>
        <p>Fields of the sample types:</p>
        <ul>
          {fields.map(({ path, label, unit }) => (
            <li key={path}>
              <span className="ts-mono">{path}</span> <span className="ts-dim">{label}</span>
              {unit === null ? '' : `, ${unitSign(unit)}`}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
