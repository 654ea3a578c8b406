import { expect, it } from 'vitest'
import { describeMeasurements } from './measurements.ts'

const IDS = ['a', 'b']

function annotation(toolName: string, referencedImageId: string, stats: object | undefined) {
  return {
    annotationUID: toolName,
    metadata: { toolName, referencedImageId },
    data: { cachedStats: stats === undefined ? {} : { target: stats } },
  }
}

it('says lengths and regions with their units, by frame', () => {
  const length = annotation('Length', 'b', { length: 18.0123, unit: 'mm' })
  const region = annotation('EllipticalROI', 'a', {
    ...{
      mean: 195.44,
      stdDev: 139.61,
      min: -53,
      max: 1815.5,
      area: 367.2,
      areaUnit: 'mm²',
      modalityUnit: 'HU',
    },
  })
  expect(describeMeasurements([length, region], IDS)).toEqual([
    { id: 'Length', frame: 1, kind: 'length', text: 'Length 18.01 mm' },
    {
      ...{ id: 'EllipticalROI', frame: 0, kind: 'region' },
      text: 'Mean 195.4 HU, SD 139.6, -53 to 1816, area 367.2 mm²',
    },
  ])
})

it('leaves out what is not calculated yet, and what belongs to other pictures', () => {
  const waiting = annotation('EllipticalROI', 'a', { mean: null, stdDev: null, area: null, areaUnit: null })
  const none = annotation('Length', 'a', undefined)
  const foreign = annotation('Length', 'c', { length: 3, unit: 'mm' })
  expect(describeMeasurements([waiting, none, foreign], IDS)).toEqual([])
})
