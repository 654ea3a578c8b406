import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireRegistrationPlan } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { planQuery } from '../../api/lims/samples.ts'
import { useSiteZone } from '../../ui/site.ts'
import { rangeText } from './judge-entry.ts'
import classes from './lims.module.css'
import { missingOf, type NewSampleColumn, wireOf } from './new-sample-column.ts'
import { priceText } from './SampleFacts.tsx'

const WHY: Readonly<Record<WireRegistrationPlan['services'][number]['because'], string>> = {
  asked: '',
  profile: 'by profile',
  template: 'by template',
  needed: 'needed by another',
}

/** Which analyses registering a column makes, with which ranges, and what it costs. */
export function RegistrationPlan({ column }: { readonly column: NewSampleColumn }): ReactElement | null {
  const zone = useSiteZone()
  const [settled] = useDebouncedValue(column, 300)
  const isPossible = Object.keys(missingOf(settled)).length === 0
  const plan = useQuery({
    ...planQuery(wireOf(settled, zone)),
    enabled: isPossible,
    placeholderData: keepPreviousData,
  })
  if (!isPossible) return <p className="ts-dim">Analyses, ranges and price appear here.</p>
  if (plan.isError) return <p role="alert">{plan.error.message}</p>
  if (plan.data === undefined) return <p className="ts-dim">Working out the analyses …</p>
  const { services, specification, price } = plan.data
  return (
    <div>
      <table className={classes.plan} aria-label="Analyses that will be made">
        <tbody>
          {services.map((service) => (
            <tr key={service.id}>
              <th scope="row">
                {service.title} <span className="ts-dim">{WHY[service.because]}</span>
              </th>
              <td className="ts-dim">{rangeText(service.range)}</td>
              <td>{service.price.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {services.length === 1 ? '1 analysis' : `${services.length} analyses`}, {priceText(price)}
        {specification === null ? '' : `; judged by ${specification.name}`}
      </p>
    </div>
  )
}
