#!/usr/bin/env node
// Listens, asks, and signs, in JavaScript without any package: NATS's text protocol over a TCP socket, and node's own crypto.
// It shows how little a module needs; a real one takes NATS's client from npm, which reconnects, and speaks TLS.
//
//   node twinergy.mjs listen 'M9.notif.>'
//   node twinergy.mjs request M7 M9 get_balance '{"id":"anna"}'
//   node twinergy.mjs submit KEY.jwk CHAIN SEQUENCE '[{"type":"participant.joined","participant":"anna"}]'
//
// NATS_URL names the server; NATS_USER with NATS_PASSWORD_FILE, or NATS_TOKEN_FILE, what opens it.
import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

class Client {
  #buffer = Buffer.alloc(0)
  #handlers = new Map()
  #next = 1

  static open(url) {
    const { hostname, port } = new URL(url)
    const client = new Client()
    client.socket = connect(Number(port || 4222), hostname)
    client.socket.on('data', (data) => client.#read(data))
    client.prefix = process.env.NATS_USER ? `_INBOX_${process.env.NATS_USER}` : '_INBOX'
    return new Promise((resolve, reject) => {
      client.socket.on('error', reject)
      client.fail = reject
      client.pong = () => resolve(client)
      const secret = (file) => file && readFileSync(file, 'utf8').trim()
      const options = {
        verbose: false, pedantic: false, lang: 'javascript', version: '1', headers: true, no_responders: true,
        user: process.env.NATS_USER, pass: secret(process.env.NATS_PASSWORD_FILE),
        auth_token: secret(process.env.NATS_TOKEN_FILE),
      }
      client.socket.write(`CONNECT ${JSON.stringify(options)}\r\nPING\r\n`)
    })
  }

  subscribe(subject, handler) {
    const id = String(this.#next++)
    this.#handlers.set(id, handler)
    this.socket.write(`SUB ${subject} ${id}\r\n`)
  }

  publish(subject, text, reply = '') {
    this.socket.write(`PUB ${subject} ${reply} ${Buffer.byteLength(text)}\r\n${text}\r\n`)
  }

  request(subject, text, milliseconds = 10_000) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer on ${subject}`)), milliseconds)
      const inbox = `${this.prefix}.${randomUUID()}`
      this.subscribe(inbox, (message) => {
        clearTimeout(timer)
        if (message.headers.startsWith('NATS/1.0 503')) reject(new Error(`nobody listens on ${subject}`))
        else resolve(message)
      })
      this.publish(subject, text, inbox)
    })
  }

  close() { this.socket.end() }

  #read(data) {
    this.#buffer = Buffer.concat([this.#buffer, data])
    for (;;) {
      const end = this.#buffer.indexOf('\r\n')
      if (end < 0) return
      const [verb, ...words] = this.#buffer.subarray(0, end).toString().split(' ')
      if (verb === 'MSG' || verb === 'HMSG') {
        const total = Number(words.at(-1))
        if (this.#buffer.length < end + 2 + total + 2) return
        const head = verb === 'HMSG' ? Number(words.at(-2)) : 0
        const body = this.#buffer.subarray(end + 2, end + 2 + total)
        const [subject, id] = words
        this.#buffer = this.#buffer.subarray(end + 2 + total + 2)
        this.#handlers.get(id)?.({
          subject, headers: body.subarray(0, head).toString(), text: body.subarray(head).toString(),
        })
        continue
      }
      this.#buffer = this.#buffer.subarray(end + 2)
      if (verb === 'PING') this.socket.write('PONG\r\n')
      if (verb === 'PONG') this.pong()
      if (verb === '-ERR') this.fail(new Error(words.join(' ')))
    }
  }
}

// The entry as a JWS line: these header members, in this order, and nothing else.
function signedEntry(jwk, chain, sequence, events) {
  const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
  // RFC 7638: the key's name is the digest of these members, in this order.
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${jwk.x}"}`).digest('base64url')
  const header = encode({ alg: 'EdDSA', kid, typ: 'twinergy-entry+jws' })
  const payload = encode({ chain, id: `example-${sequence}`, seq: sequence, at: Date.now(), events })
  const signature = sign(null, Buffer.from(`${header}.${payload}`), createPrivateKey({ key: jwk, format: 'jwk' }))
  return `${header}.${payload}.${signature.toString('base64url')}`
}

const [command, ...rest] = process.argv.slice(2)
const client = await Client.open(process.env.NATS_URL ?? 'nats://127.0.0.1:4222')
if (command === 'listen') {
  client.subscribe(rest[0] ?? '*.notif.>', ({ subject, headers, text }) => {
    console.log(subject, /Nats-Msg-Id: *(\S+)/.exec(headers)?.[1] ?? '-', text)
  })
  console.error(`listening on ${rest[0] ?? '*.notif.>'}`)
} else if (command === 'request') {
  const [sender, receiver, operation, params] = rest
  const question = { operation, keyId: randomUUID(), params: JSON.parse(params) }
  const { text } = await client.request(`${sender}.request.${receiver}`, JSON.stringify(question))
  console.log(text)
  process.exitCode = 'error' in JSON.parse(text) ? 1 : 0
  client.close()
} else if (command === 'submit') {
  const [file, chain, sequence, events] = rest
  const line = signedEntry(JSON.parse(readFileSync(file, 'utf8')), chain, Number(sequence), JSON.parse(events))
  const { text } = await client.request('twinergy.submit', line)
  console.log(text)
  process.exitCode = 'receipt' in JSON.parse(text) ? 0 : 1
  client.close()
} else {
  console.error('listen [SUBJECT] | request SENDER RECEIVER OPERATION PARAMS | submit KEY.jwk CHAIN SEQUENCE EVENTS')
  process.exitCode = 2
  client.close()
}
