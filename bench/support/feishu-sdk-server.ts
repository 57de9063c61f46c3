import { createServer } from 'node:http'
import { adaptDefault, EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk'
import { ENCRYPT_KEY, VERIFICATION_TOKEN } from './feishu-events.js'

// The SDK as its documentation starts it, with a handler that does nothing: what the SDK itself costs.
const dispatcher = new EventDispatcher({
  encryptKey: ENCRYPT_KEY,
  verificationToken: VERIFICATION_TOKEN,
  loggerLevel: LoggerLevel.error,
}).register({ 'im.message.receive_v1': async () => undefined })

const answer = adaptDefault('/feishu/events', dispatcher, { autoChallenge: true })
createServer((request, response) => {
  // for whoever asks whether it is up: the SDK leaves other addresses without an answer
  if (request.method === 'GET') response.end()
  else void answer(request, response)
}).listen(Number(process.env.PORT), '127.0.0.1')
