import { expect } from 'chai'
import { allowedKeys } from '../../../src/models/desk/allowed-keys.js'
import { deskJsonSchema } from '../../../src/models/desk/desk-json-schema.js'

describe('deskJsonSchema', () => {
  it('describes the file as it is written: durations as texts, references by id', () => {
    const schema = deskJsonSchema()
    expect(schema.$schema).to.equal('https://json-schema.org/draft/2020-12/schema')
    expect(schema.required).to.deep.equal(['desk', 'calendars', 'teams', 'types', 'policies', 'ladders'])
    const text = JSON.stringify(schema)
    expect(text).to.include('"autoClose":{"default":"3d","type":"string"')
    expect(text).not.to.include('targetMs')
  })
})

describe('allowedKeys', () => {
  it('knows the keys at any depth, through lists, maps and choices', () => {
    expect(allowedKeys([])).to.deep.equal([
      ...['desk', 'people', 'calendars', 'teams', 'types', 'policies', 'ladders', 'routing'],
    ])
    expect(allowedKeys(['teams', 3])).to.include.members(['leads', 'members', 'channels'])
    expect(allowedKeys(['teams', 0, 'name'])).to.deep.equal(['en', 'zh-CN'])
    expect(allowedKeys(['policies', 0, 'promises', 'resolution', 'high'])).to.deep.equal(['within', 'counts'])
    expect(allowedKeys(['nowhere', 1])).to.deep.equal([])
  })
})
