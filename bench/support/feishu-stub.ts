import { createServer } from 'node:http'

// Feishu's open platform as far as a desk calls it here, answering at once: what is measured is the desk.
let messages = 0

createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    const answer = JSON.stringify({ code: 0, msg: 'success', ...answerTo(request.url ?? '') })
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    })
    response.end(answer)
  })
}).listen(Number(process.env.PORT), '127.0.0.1')

function answerTo(url: string): object {
  if (url.includes('/tenant_access_token/')) return { tenant_access_token: 't-bench', expire: 7200 }
  if (url.includes('/bot/v3/info')) return { bot: { open_id: 'ou_benchbot', app_name: 'Paidan' } }
  if (url.includes('/contact/v3/users/batch')) {
    const ids = new URL(url, 'http://stub').searchParams.getAll('user_ids')
    return { data: { items: ids.map((id) => ({ open_id: id, name: 'Employee', email: '' })) } }
  }
  if (url.includes('/contact/v3/users/')) {
    return { data: { user: { open_id: 'ou_bench', name: 'Employee', email: '' } } }
  }
  messages += 1
  return { data: { message_id: `om_stub${messages}`, chat_id: 'oc_stub' } }
}
