import { describe, expect, it } from 'vitest'
import { webhookPayload } from './webhook-payload.ts'

const MESSAGE = {
  title: 'Linac 2: action level',
  text: 'Output 6 MV is 103.4 % <!channel>',
  facts: [
    { label: 'Test list', value: 'Daily *output*' },
    { label: 'By', value: 'M. Roy & co' },
  ],
  link: { label: 'Open the session', url: 'https://qa.example/app/sessions/7' },
}
const BARE = { title: 'Test', text: '', facts: [] }

describe('webhookPayload', () => {
  it('is the message itself for programs', () => {
    expect(webhookPayload('json', MESSAGE)).toEqual(MESSAGE)
  })

  it('is mrkdwn without mentions for Slack', () => {
    expect(webhookPayload('slack', MESSAGE)).toEqual({
      text: [
        '*Linac 2: action level*',
        'Output 6 MV is 103.4 % &lt;!channel&gt;',
        'Test list: Daily *output*',
        'By: M. Roy &amp; co',
        '<https://qa.example/app/sessions/7|Open the session>',
      ].join('\n'),
    })
    expect(webhookPayload('slack', BARE)).toEqual({ text: '*Test*' })
  })

  it('is one adaptive card for Teams', () => {
    expect(webhookPayload('teams', MESSAGE)).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              {
                type: 'TextBlock',
                text: 'Linac 2: action level',
                weight: 'Bolder',
                size: 'Medium',
                wrap: true,
              },
              { type: 'TextBlock', text: 'Output 6 MV is 103.4 % <!channel>', wrap: true },
              {
                type: 'FactSet',
                facts: [
                  { title: 'Test list', value: 'Daily \\*output\\*' },
                  { title: 'By', value: 'M. Roy & co' },
                ],
              },
            ],
            actions: [
              { type: 'Action.OpenUrl', title: 'Open the session', url: 'https://qa.example/app/sessions/7' },
            ],
          },
        },
      ],
    })
  })
})
