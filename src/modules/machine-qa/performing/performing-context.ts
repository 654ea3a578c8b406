import type { Context } from '../../../context.ts'
import type { CalculationEngine } from '../../calculations/engine.ts'

/** What verbs that calculate need besides the context of every verb. */
export type PerformingContext = Context & { readonly calculations: Pick<CalculationEngine, 'evaluate'> }
