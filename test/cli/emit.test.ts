import { tableFromIPC } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { arrowStream } from '../../src/lib/cli/emit/arrow.js'
import { csvLines } from '../../src/lib/cli/emit/csv.js'
import { documentText } from '../../src/lib/cli/emit/document.js'
import { ndjsonLines } from '../../src/lib/cli/emit/ndjson.js'
import { terminalText } from '../../src/lib/cli/emit/terminal.js'
import type { Table } from '../../src/lib/cli/table.js'
import { dayFromCivil } from '../../src/lib/kernel/day.js'

const table: Table = {
  length: 3,
  columns: [
    { name: 'contract', kind: 'text', values: ['CLK20', 'CL,"M20"', null] },
    {
      name: 'settlement',
      kind: 'number',
      digits: 2,
      signed: true,
      values: new Float64Array([-37.63, 0.1 + 0.2, Number.NaN]),
    },
    { name: 'openInterest', header: 'open interest', kind: 'integer', values: [108_593, 0, null] },
    { name: 'date', kind: 'date', values: [dayFromCivil(2020, 4, 20), dayFromCivil(1969, 12, 31), null] },
    { name: 'front', kind: 'boolean', values: [true, false, null] },
  ],
}

describe('csv', () => {
  it('quotes commas and quotes, prints 12 digits, and leaves a missing value empty', () => {
    expect([...csvLines(table)].join('')).toBe(
      'contract,settlement,openInterest,date,front\nCLK20,-37.63,108593,2020-04-20,true\n"CL,""M20""",0.3,0,1969-12-31,false\n,,,,\n',
    )
  })
})

describe('ndjson', () => {
  it('ends with a line that counts the rows, so that a cut stream is seen', () => {
    const lines = [...ndjsonLines(table)]
    expect(lines[0]).toBe(
      '{"contract":"CLK20","date":"2020-04-20","front":true,"openInterest":108593,"settlement":-37.63}\n',
    )
    expect(lines.at(-1)).toBe('{"ok":true,"rows":3,"type":"end"}\n')
  })
})

describe('arrow', () => {
  it('reads back with types and nulls', () => {
    const read = tableFromIPC(arrowStream(table))
    expect(read.schema.fields.map((field) => `${field.name}: ${field.type}`)).toEqual([
      'contract: Utf8',
      'settlement: Float64',
      'openInterest: Int32',
      'date: Date32<DAY>',
      'front: Bool',
    ])
    expect(read.getChild('settlement')?.toJSON()).toEqual([-37.63, 0.1 + 0.2, null])
    expect(read.getChild('openInterest')?.toJSON()).toEqual([108_593, 0, null])
    expect(read.getChild('contract')?.toJSON()).toEqual(['CLK20', 'CL,"M20"', null])
    expect(read.getChild('front')?.toJSON()).toEqual([true, false, null])
    expect(Number(read.getChild('date')?.get(0))).toBe(Date.UTC(2020, 3, 20))
  })
  it('writes no rows without losing the columns', () => {
    const empty: Table = {
      length: 0,
      columns: table.columns.map((column) => ({ ...column, values: [] })) as Table['columns'],
    }
    expect(tableFromIPC(arrowStream(empty)).schema.fields).toHaveLength(5)
  })
})

describe('terminal', () => {
  it('aligns numbers right, groups thousands and shows a dash for what is missing', () => {
    expect(terminalText([{ title: 'Curve', table }], (text) => text)).toBe(
      [
        'Curve',
        'contract  settlement  open interest  date        front',
        'CLK20         -37.63        108,593  2020-04-20  yes',
        'CL,"M20"       +0.30              0  1969-12-31  no',
        '–                  –              –  –           –',
        '',
      ].join('\n'),
    )
  })
  it('never prints a negative zero', () => {
    const flat: Table = {
      length: 1,
      columns: [{ name: 'change', kind: 'number', digits: 2, signed: true, values: [-0.001] }],
    }
    expect(terminalText([{ table: flat }], (text) => text)).toBe('change\n  0.00\n')
  })
})

describe('document', () => {
  it('sorts keys, turns NaN into null and -0 into 0, and ends with one newline', () => {
    const text = documentText(
      'contango.curve/1',
      { asOf: dayFromCivil(2020, 4, 20), data: { b: Number.NaN, a: -0 }, rows: table },
      { seed: 1 },
      [],
      [],
    )
    expect(JSON.parse(text)).toEqual({
      asOf: '2020-04-20',
      data: { a: 0, b: null },
      inputs: [],
      ok: true,
      params: { seed: 1 },
      schema: 'contango.curve/1',
      warnings: [],
    })
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      'asOf',
      'data',
      'inputs',
      'ok',
      'params',
      'schema',
      'warnings',
    ])
    expect(text.endsWith('}\n')).toBe(true)
  })
})
