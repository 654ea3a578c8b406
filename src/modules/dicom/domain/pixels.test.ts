import { describe, expect, it } from 'vitest'
import { frameToRgb, ybrToRgb } from './color.ts'
import {
  type ExamplePixels,
  example,
  exampleElements,
  exampleImage,
  exampleSequence,
  imageElements,
  rawElement,
  rawFile,
  rawImplicit,
} from './example-files.ts'
import { frameDelayMs } from './frame-delay.ts'
import { frameBytes, openFrameTable } from './frame-table.ts'
import { chooseVoi, greyTable, greyValue, listWindows, readModality, readPadding } from './grey-mapping.ts'
import { lookUp, readLutItem } from './lookup-table.ts'
import { makeBytesElement, makeDataSet, makeElement } from './make-element.ts'
import { unpackFrame } from './native-frame.ts'
import { drawOverlays, listOverlays } from './overlays.ts'
import { applyPalette, readPalette } from './palette.ts'
import { parseDicomFile } from './parse-file.ts'
import { describePixels, type PixelDescription } from './pixel-description.ts'
import { renderFrame, renderStored } from './render-frame.ts'
import { needsRange, planRendering } from './render-plan.ts'
import { modalityRange, rangeOfSamples } from './sample-range.ts'
import { TAGS } from './tag.ts'
import { EXPLICIT_BIG_ENDIAN } from './transfer-syntax.ts'
import { windowedValue } from './voi-window.ts'
import { writeDicomFile } from './write-file.ts'

function fileOf(
  pixels: ExamplePixels,
  samples: Uint8Array,
  more: Parameters<typeof exampleImage>[2] = [],
): ReturnType<typeof parseDicomFile> {
  return parseDicomFile(writeDicomFile(exampleImage(pixels, samples, more)))
}

function samplesOf(
  pixels: ExamplePixels,
  bytes: Uint8Array,
  change: Partial<PixelDescription> = {},
): readonly number[] {
  const description = { ...describePixels(fileOf(pixels, bytes)), ...change }
  return [...unpackFrame(bytes, description).samples]
}

describe('unpackFrame', () => {
  const grey = { rows: 1, columns: 4, bitsAllocated: 8 } as const
  const wide = { rows: 1, columns: 2, bitsAllocated: 16 } as const

  it.each<[string, ExamplePixels, readonly number[], readonly number[]]>([
    ['8-bit samples', grey, [0, 127, 128, 255], [0, 127, 128, 255]],
    ['signed 8-bit samples', { ...grey, signed: true }, [0, 127, 128, 255], [0, 127, -128, -1]],
    ['16-bit samples', wide, [0x34, 0x12, 0xff, 0xff], [0x1234, 65535]],
    [
      'signed 12-bit samples, their sign extended',
      { ...wide, bitsStored: 12, signed: true },
      [0xff, 0x07, 0x00, 0x08],
      [2047, -2048],
    ],
    [
      '12-bit samples without what stands above them',
      { ...wide, bitsStored: 12 },
      [0xff, 0xff, 0x01, 0xf0],
      [4095, 1],
    ],
    ['32-bit samples', { rows: 1, columns: 1, bitsAllocated: 32 }, [1, 0, 0, 0x80], [0x80000001]],
    [
      'bits, the least significant first',
      { rows: 1, columns: 5, bitsAllocated: 1 },
      [0b10110, 0],
      [0, 1, 1, 0, 1],
    ],
    [
      'colour by planes',
      { rows: 1, columns: 2, samplesPerPixel: 3, bitsAllocated: 8, planar: true },
      [1, 2, 3, 4, 5, 6],
      [1, 3, 5, 2, 4, 6],
    ],
    [
      'YBR_FULL_422',
      { rows: 1, columns: 2, samplesPerPixel: 3, bitsAllocated: 8, photometric: 'YBR_FULL_422' },
      [10, 20, 30, 40],
      [10, 30, 40, 20, 30, 40],
    ],
  ])('reads %s', (_, pixels, bytes, samples) =>
    expect(samplesOf(pixels, Uint8Array.from(bytes))).toEqual(samples),
  )

  it('reads samples whose high bit is not the topmost stored one', () => {
    expect(
      samplesOf({ ...wide, bitsStored: 12 }, Uint8Array.of(0xf0, 0xff, 0x10, 0x00), { highBit: 15 }),
    ).toEqual([4095, 1])
  })

  it('reads bytes that lie in big-endian words, frames that begin within one included', () => {
    const pixels: ExamplePixels = { rows: 1, columns: 3, bitsAllocated: 8, frames: 2 }
    const words = makeBytesElement(TAGS.pixelData, 'OW', Uint8Array.of(1, 2, 3, 4, 5, 6))
    const image = exampleImage(pixels, new Uint8Array(6), [words])
    const file = parseDicomFile(writeDicomFile(image, EXPLICIT_BIG_ENDIAN))
    const description = describePixels(file)
    const table = openFrameTable(file.dataSet, description)
    const frames = [0, 1].map((frame) => [
      ...unpackFrame(frameBytes(table, frame), description, table.place(frame).skipBits).samples,
    ])
    expect(frames).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
  })

  it('reads big-endian words', () => {
    expect(samplesOf(wide, Uint8Array.of(0x12, 0x34, 0, 1), { bigEndian: true })).toEqual([0x1234, 1])
  })
})

describe('describePixels', () => {
  const base = { rows: 4, columns: 4, bitsAllocated: 8 } as const

  it.each([
    ['PixelData: The file has no Pixel Data.', makeDataSet(exampleElements())],
    [
      'PixelData: Bits Allocated is missing.',
      makeDataSet([...exampleElements(), makeBytesElement(TAGS.pixelData, 'OB', Uint8Array.of(1, 2))]),
    ],
    [
      'PixelData: 4 samples per pixel are not supported.',
      exampleImage(base, new Uint8Array(16), [makeElement(TAGS.samplesPerPixel, 4)]),
    ],
    [
      'PixelData: 24 bits allocated are not supported.',
      exampleImage(base, new Uint8Array(16), [makeElement(TAGS.bitsAllocated, 24)]),
    ],
    [
      'PixelData: Rows is missing or zero.',
      exampleImage(base, new Uint8Array(16), [makeElement(TAGS.rows, 0)]),
    ],
    [
      'PixelData: The image is too large to be decoded.',
      exampleImage(base, new Uint8Array(16), [
        makeElement(TAGS.rows, 65535),
        makeElement(TAGS.columns, 65535),
      ]),
    ],
  ])('refuses: %s', (problem, dataSet) => {
    expect(() => describePixels(parseDicomFile(writeDicomFile(dataSet)))).toThrow(problem)
  })

  it('names a transfer syntax that it cannot decode', () => {
    const pixels = Buffer.concat([
      rawElement(TAGS.pixelData, 'OB', Buffer.alloc(0), 0xffffffff),
      rawImplicit(0xfffee000, Buffer.alloc(0)),
      rawImplicit(0xfffee0dd, Buffer.alloc(0)),
    ])
    const image = [
      rawElement(0x00280010, 'US', Buffer.from([4, 0])),
      rawElement(0x00280011, 'US', Buffer.from([4, 0])),
      rawElement(0x00280100, 'US', Buffer.from([8, 0])),
    ]
    expect(() =>
      describePixels(parseDicomFile(rawFile('1.2.840.10008.1.2.4.102', ...image, pixels))),
    ).toThrow(
      'Unsupported transfer syntax 1.2.840.10008.1.2.4.102 (MPEG-4 AVC/H.264 High Profile / Level 4.1)',
    )
  })
})

describe('openFrameTable', () => {
  it('reads as many whole frames as there are, though 10^9 are announced', () => {
    const file = fileOf({ rows: 2, columns: 2, bitsAllocated: 8, frames: 1_000_000_000 }, new Uint8Array(10))
    expect(openFrameTable(file.dataSet, describePixels(file)).count).toBe(2)
  })

  it('refuses less than one frame', () => {
    const file = fileOf({ rows: 2, columns: 2, bitsAllocated: 8 }, new Uint8Array(2))
    expect(() => openFrameTable(file.dataSet, describePixels(file))).toThrow(
      'The pixel data are shorter than one frame.',
    )
  })

  it('finds 1-bit frames that begin within a byte', () => {
    const file = fileOf(
      { rows: 1, columns: 5, bitsAllocated: 1, frames: 3 },
      Uint8Array.of(0b01011111, 0b00101010),
    )
    const pixels = describePixels(file)
    const table = openFrameTable(file.dataSet, pixels)
    const frames = [0, 1, 2].map((frame) => [
      ...unpackFrame(frameBytes(table, frame), pixels, table.place(frame).skipBits).samples,
    ])
    expect(frames).toEqual([
      [1, 1, 1, 1, 1],
      [0, 1, 0, 0, 1],
      [0, 1, 0, 1, 0],
    ])
  })

  const JPEG_START = [0xff, 0xd8, 0, 0]
  it.each([
    [
      'the Basic Offset Table',
      2,
      [0, 24],
      [
        [1, 1, 1, 1],
        [2, 2],
        [3, 3],
      ],
      [
        [1, 1, 1, 1, 2, 2],
        [3, 3],
      ],
    ],
    [
      'one fragment a frame, the table being wrong',
      3,
      [0, 999],
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    ],
    [
      'one frame of all fragments',
      1,
      [],
      [
        [1, 1],
        [2, 2],
      ],
      [[1, 1, 2, 2]],
    ],
    [
      'the markers at which codestreams begin',
      2,
      [],
      [JPEG_START, [5, 5], JPEG_START],
      [[...JPEG_START, 5, 5], JPEG_START],
    ],
  ])('finds encapsulated frames by %s', (_, count, offsets, fragments, frames) => {
    const table = Buffer.alloc(offsets.length * 4)
    for (const [index, offset] of offsets.entries()) table.writeUInt32LE(offset, index * 4)
    const items = [table, ...fragments.map((fragment) => Buffer.from(fragment))].map((bytes) =>
      rawImplicit(0xfffee000, bytes),
    )
    // The first fragment of the first case takes 12 bytes, the second 10: its third item begins at 22.
    if (offsets[1] === 24) table.writeUInt32LE(22, 4)
    items[0] = rawImplicit(0xfffee000, table)
    const head = imageElements({ rows: 2, columns: 2, bitsAllocated: 8, frames: count })
    const native = writeDicomFile(makeDataSet([...exampleElements(), ...head]))
    const bytes = Buffer.concat([
      rawFile('1.2.840.10008.1.2.4.50'),
      native.subarray(144 + native.readUInt32LE(140)),
      rawElement(TAGS.pixelData, 'OB', Buffer.alloc(0), 0xffffffff),
      ...items,
      rawImplicit(0xfffee0dd, Buffer.alloc(0)),
    ])
    const file = parseDicomFile(bytes)
    const found = openFrameTable(file.dataSet, describePixels(file))
    expect(found.count).toBe(frames.length)
    expect(frames.map((_, frame) => [...frameBytes(found, frame)])).toEqual(frames)
  })
})

describe('windowedValue', () => {
  it.each([
    // The worked examples of PS3.3 C.11.2.1.2.1: full range, and thresholds of width 1.
    ['LINEAR', 2048, 4096, 0, 0],
    ['LINEAR', 2048, 4096, 4095, 255],
    ['LINEAR', 2048, 1, 2047, 0],
    ['LINEAR', 2048, 1, 2048, 255],
    ['LINEAR', 0, 100, -50, 0],
    ['LINEAR', 0, 100, 49, 255],
    ['LINEAR_EXACT', 0, 100, -50, 0],
    ['LINEAR_EXACT', 0, 100, 50, 255],
    ['LINEAR_EXACT', 0, 100, 0, 127.5],
    ['SIGMOID', 0, 100, 0, 127.5],
  ] as const)('%s at %d/%d maps %d to %d', (shape, center, width, value, shown) => {
    expect(windowedValue(value, { center, width, function: shape }, 255)).toBeCloseTo(shown, 9)
  })
})

describe('the grey pipeline', () => {
  const wide = { rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 12 } as const
  const bytes = new Uint8Array(4)
  const first = { frame: 0, choice: { kind: 'default' } } as const

  function valueAt(
    more: Parameters<typeof exampleImage>[2],
    stored: number,
    pixels: ExamplePixels = wide,
  ): number {
    const file = fileOf(pixels, bytes, more)
    const description = describePixels(file)
    const plan = planRendering(file.dataSet, description, { ...first, range: { min: 0, max: 1000 } })
    if (plan.kind !== 'grey') throw new Error(plan.kind)
    expect(plan.table?.[stored & 0xffff]).toBe(greyValue(plan.mapping, stored))
    return greyValue(plan.mapping, stored)
  }

  const WINDOW = [example('WindowCenter', '50'), example('WindowWidth', '101')]

  it.each<[string, Parameters<typeof exampleImage>[2], number, number]>([
    ['a window', WINDOW, 50, 129],
    [
      'a window after rescaling',
      [...WINDOW, example('RescaleSlope', '2'), example('RescaleIntercept', '-50')],
      50,
      129,
    ],
    ['the range of the samples without a window', [], 500, 128],
    ['an inverse presentation', [...WINDOW, example('PresentationLUTShape', 'INVERSE')], 0, 254],
    ['MONOCHROME1', [...WINDOW, example('PhotometricInterpretation', 'MONOCHROME1')], 0, 254],
    ['padding in black', [example('PixelPaddingValue', 4000), ...WINDOW], 4000, 0],
    [
      'a range of padding',
      [example('PixelPaddingValue', 4000), makeElement(TAGS.pixelPaddingRangeLimit, 3900, 'US'), ...WINDOW],
      3950,
      0,
    ],
    [
      'a window of no width like none',
      [example('WindowCenter', '50'), example('WindowWidth', '0')],
      500,
      128,
    ],
  ])('applies %s', (_, more, stored, grey) => expect(valueAt(more, stored)).toBe(grey))

  it('shows bytes without a window as they are, and bits as black and white', () => {
    expect(valueAt([], 77, { rows: 1, columns: 4, bitsAllocated: 8 })).toBe(77)
    expect(valueAt([], 1, { rows: 1, columns: 4, bitsAllocated: 1 })).toBe(255)
  })

  it('asks for the range only where nothing else decides', () => {
    const plain = fileOf(wide, bytes)
    expect(needsRange(plain.dataSet, describePixels(plain), first)).toBe(true)
    const windowed = fileOf(wide, bytes, WINDOW)
    expect(needsRange(windowed.dataSet, describePixels(windowed), first)).toBe(false)
  })

  const LUT_DATA = makeBytesElement(TAGS.lutData, 'OW', Uint8Array.of(0, 0, 0, 1, 0, 2, 255, 255))
  const LUT = [makeElement(TAGS.lutDescriptor, [4, 10, 16], 'US'), LUT_DATA]

  it('looks values up, clipped at both ends', () => {
    const table = readLutItem(makeDataSet(LUT), false)
    expect(table && [0, 10, 11, 12, 13, 99].map((value) => lookUp(table, value))).toEqual([
      0, 0, 256, 512, 65535, 65535,
    ])
  })

  it('takes a Modality LUT before the slope, and a VOI LUT only without a window', () => {
    const file = fileOf(wide, bytes, [
      exampleSequence('ModalityLUTSequence', LUT),
      exampleSequence('VOILUTSequence', LUT),
    ])
    const pixels = describePixels(file)
    expect(readModality(file.dataSet, pixels, 0).kind).toBe('table')
    expect(chooseVoi(file.dataSet, pixels, first)?.kind).toBe('table')
    const both = fileOf(wide, bytes, [exampleSequence('VOILUTSequence', LUT), ...WINDOW])
    expect(chooseVoi(both.dataSet, pixels, first)?.kind).toBe('window')
    expect(chooseVoi(both.dataSet, pixels, { frame: 0, choice: { kind: 'voi-lut', index: 0 } })?.kind).toBe(
      'table',
    )
  })

  it('reads windows of one frame from its functional groups, else from the shared ones', () => {
    const voi = (center: string): Parameters<typeof exampleSequence>[1] => [
      exampleSequence('FrameVOILUTSequence', [example('WindowCenter', center), example('WindowWidth', '10')]),
    ]
    const shared = exampleSequence('SharedFunctionalGroupsSequence', voi('1'))
    const perFrame = exampleSequence('PerFrameFunctionalGroupsSequence', voi('7'), [])
    const { dataSet } = fileOf(wide, bytes, [shared, perFrame])
    expect([0, 1].map((frame) => listWindows(dataSet, frame)[0]?.center)).toEqual([7, 1])
  })

  it('lists all windows with their explanations', () => {
    const { dataSet } = fileOf(wide, bytes, [
      example('WindowCenter', '1', '2'),
      example('WindowWidth', '10', '20'),
      example('WindowCenterWidthExplanation', 'BONE', 'LUNG'),
    ])
    expect(listWindows(dataSet, 0)).toEqual([
      { center: 1, width: 10, function: 'LINEAR', explanation: 'BONE' },
      { center: 2, width: 20, function: 'LINEAR', explanation: 'LUNG' },
    ])
  })

  it('maps signed samples by their low 16 bits', () => {
    const signed = { ...describePixels(fileOf(wide, bytes)), signed: true }
    const mapping = {
      modality: { kind: 'linear', slope: 1, intercept: 0 },
      voi: { kind: 'range', min: -2048, max: 2047 },
      invert: false,
      padding: undefined,
    } as const
    const table = greyTable(mapping, signed)
    expect([-2048, 0, 2047].map((stored) => table[stored & 0xffff])).toEqual([0, 128, 255])
  })

  it('finds the range of samples without padding', () => {
    const { dataSet } = fileOf(wide, bytes, [example('PixelPaddingValue', 9)])
    expect(rangeOfSamples(Uint16Array.of(9, 3, 5), readPadding(dataSet))).toEqual({ min: 3, max: 5 })
    expect(rangeOfSamples(Float32Array.of(Number.NaN), undefined)).toBeUndefined()
    expect(modalityRange({ kind: 'linear', slope: -2, intercept: 1 }, { min: 3, max: 5 })).toEqual({
      min: -9,
      max: -5,
    })
  })
})

describe('colour', () => {
  it.each([
    // PS3.3 C.7.6.3.1.2: primaries in YBR_FULL.
    [
      [76, 85, 255],
      [254, 0, 0],
    ],
    [
      [150, 44, 21],
      [0, 255, 1],
    ],
    [
      [29, 255, 107],
      [0, 0, 254],
    ],
    [
      [128, 128, 128],
      [128, 128, 128],
    ],
  ])('turns YBR %j into RGB %j', (ybr, rgb) =>
    expect([...ybrToRgb(Uint8Array.from(ybr), 'full')]).toEqual(rgb),
  )

  it('spreads the studio range', () => {
    expect([...ybrToRgb(Uint8Array.of(16, 128, 128, 235, 128, 128), 'partial')]).toEqual([
      0, 0, 0, 255, 255, 255,
    ])
  })

  it('reduces wide colour to its high bits and refuses retired models', () => {
    const frame = {
      rows: 1,
      columns: 1,
      samplesPerPixel: 3,
      samples: Uint16Array.of(0x1200, 0xff00, 0),
      photometric: 'RGB',
    } as const
    expect([...frameToRgb(frame, 16)]).toEqual([0x12, 0xff, 0])
    expect(() => frameToRgb({ ...frame, photometric: 'HSV' }, 16)).toThrow('not supported')
  })

  const descriptors = (
    entries: number,
    firstValue: number,
    bits: number,
  ): Parameters<typeof makeDataSet>[0] =>
    [0x00281101, 0x00281102, 0x00281103].map((tag) => makeElement(tag, [entries, firstValue, bits], 'US'))
  const tables = (group: number, ...words: readonly number[]): Parameters<typeof makeDataSet>[0] =>
    [1, 2, 3].map((channel) =>
      makeBytesElement(0x00280000 + group + channel, 'OW', new Uint8Array(Uint16Array.from(words).buffer)),
    )

  it('reads palettes: high bytes of 16 bits, bytes written as words, clipped indices', () => {
    const palette = readPalette(
      makeDataSet([...descriptors(3, 5, 16), ...tables(0x1200, 0x0100, 0x8000, 0xff00)]),
      false,
    )
    expect([...applyPalette([0, 5, 6, 7, 99], palette)].filter((_, index) => index % 3 === 0)).toEqual([
      1, 1, 128, 255, 255,
    ])
    const bytes = readPalette(makeDataSet([...descriptors(3, 0, 16), ...tables(0x1200, 1, 2, 3)]), false)
    expect([...applyPalette([0, 1, 2], bytes)]).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3])
  })

  it('expands discrete, linear and indirect segments', () => {
    const words = [0, 2, 0x0000, 0x0a00, 1, 4, 0x3200, 2, 1, 0, 0]
    const palette = readPalette(makeDataSet([...descriptors(8, 0, 16), ...tables(0x1220, ...words)]), false)
    expect([...palette.rgb].filter((_, index) => index % 3 === 0)).toEqual([0, 10, 20, 30, 40, 50, 0, 10])
  })

  it.each([
    ['an indirect segment that points at itself', [2, 1, 0, 0]],
    ['an unknown segment', [9, 1, 0]],
    ['too few entries', [0, 1, 5]],
  ])('refuses %s', (_, words) => {
    expect(() =>
      readPalette(makeDataSet([...descriptors(8, 0, 16), ...tables(0x1220, ...words)]), false),
    ).toThrow('palette')
  })

  it('shows supplemental colours from the first mapped value on', () => {
    const pixels = { rows: 1, columns: 2, bitsAllocated: 8 } as const
    const file = fileOf(pixels, Uint8Array.of(10, 200), [
      ...descriptors(2, 200, 16),
      ...tables(0x1200, 0x4000, 0x8000),
    ])
    const description = describePixels(file)
    const plan = planRendering(file.dataSet, description, { frame: 0, choice: { kind: 'default' } })
    expect([...renderFrame(unpackFrame(Uint8Array.of(10, 200), description), plan).pixels]).toEqual([
      10, 10, 10, 64, 64, 64,
    ])
  })
})

describe('renderStored', () => {
  const frame = { rows: 1, columns: 2, samplesPerPixel: 1, photometric: 'MONOCHROME2' } as const

  it.each([
    [Uint16Array.of(0, 0x1234), [0, 0, 0x12, 0x34]],
    [Int16Array.of(-32768, -1), [0, 0, 0x7f, 0xff]],
    [Uint8Array.of(1, 255), [0, 1, 0, 255]],
    [Uint32Array.of(0x12345678, 0), [0x12, 0x34, 0, 0]],
    [Float32Array.of(0, 1), [0, 0, 255, 255]],
  ])('keeps %j', (samples, bytes) => expect([...renderStored({ ...frame, samples }).pixels]).toEqual(bytes))
})

describe('overlays', () => {
  const plane = (origin: readonly number[]): Parameters<typeof exampleImage>[2] => [
    makeElement(0x60000010, 2, 'US'),
    makeElement(0x60000011, 2, 'US'),
    makeElement(0x60000040, 'G', 'CS'),
    makeElement(0x60000050, origin, 'SS'),
    makeBytesElement(0x60003000, 'OW', Uint8Array.of(0b1001, 0)),
  ]

  it.each([
    [
      [1, 1],
      [255, 0, 0, 0, 255, 0],
    ],
    [
      [1, 2],
      [0, 255, 0, 0, 0, 255],
    ],
    [
      [0, 0],
      [255, 0, 0, 0, 0, 0],
    ],
    [
      [2, 3],
      [0, 0, 0, 0, 0, 255],
    ],
    [
      [-9, 1],
      [0, 0, 0, 0, 0, 0],
    ],
  ])('are drawn at origin %j, cut at the edges', (origin, pixels) => {
    const { dataSet } = fileOf({ rows: 2, columns: 3, bitsAllocated: 8 }, new Uint8Array(6), plane(origin))
    const picture = { rows: 2, columns: 3, channels: 1, bits: 8, pixels: new Uint8Array(6) } as const
    expect([...drawOverlays(picture, listOverlays(dataSet), { frame: 0 }).pixels]).toEqual(pixels)
    expect([...drawOverlays(picture, listOverlays(dataSet), { frame: 1 }).pixels]).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('frameDelayMs', () => {
  it.each([
    [[example('FrameTime', '33')], 33],
    [[example('FrameTimeVector', '0', '50', '70')], 70],
    [[example('CineRate', '25')], 40],
    [[example('FrameTime', '0')], 100],
    [[], 100],
  ])('reads %#', (elements, delay) => expect(frameDelayMs(makeDataSet(elements), 1)).toBe(delay))
})
