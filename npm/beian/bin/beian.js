#!/usr/bin/env node
'use strict'

// Starts the beian program of the package for this platform, which npm installs as
// an optional dependency. No install script is needed. BEIAN_BINARY names another
// program to start instead.

const { spawn } = require('child_process')
const { constants } = require('os')
const path = require('path')

const FAILURE = 2 // "the tool could not do its job", as the program itself says it

/** The names under which the packages of the platforms are published. */
function packageName(platform, arch) {
  return '@beian/' + platform + '-' + arch
}

/** A text in the language of the locale. */
function say(zh, en) {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
  return /^zh/i.test(locale) ? zh : en
}

function fail(message) {
  process.stderr.write('beian: ' + message + '\n')
  process.exit(FAILURE)
}

/** The file to start. Ends the process with advice where there is none. */
function binary() {
  if (process.env.BEIAN_BINARY) return process.env.BEIAN_BINARY
  const name = packageName(process.platform, process.arch)
  const file = process.platform === 'win32' ? 'beian.exe' : 'beian'
  try {
    return path.join(path.dirname(require.resolve(name + '/package.json')), 'bin', file)
  } catch (error) {
    const supported = Object.keys(require('../package.json').optionalDependencies || {})
    if (supported.length > 0 && !supported.includes(name)) {
      fail(say(
        '没有适用于本平台（' + process.platform + ' ' + process.arch + '）的程序；可以用 go install 安装，再用环境变量 BEIAN_BINARY 指定它',
        'there is no program for this platform (' + process.platform + ' ' + process.arch + '); install it with go install and name it in BEIAN_BINARY'))
    }
    fail(say(
      '没有安装 ' + name + '，它含有本平台的程序。请重新安装，不要使用 --no-optional 或 --omit=optional；从别的系统复制来的 node_modules 也会缺少它。',
      name + ' is not installed; it holds the program for this platform. Install again without --no-optional or --omit=optional; a node_modules copied from another system lacks it, too.'))
  }
}

const file = binary()
const child = spawn(file, process.argv.slice(2), { stdio: 'inherit', windowsHide: true })
// A signal for this process is meant for the program: it decides how to end, and an
// editor that ends its language server must not leave one behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
  process.on(signal, () => child.kill(signal))
}
child.on('error', (error) => fail(say('无法启动 ' + file + '：', 'cannot start ' + file + ': ') + error.message))
child.on('exit', (status, signal) => {
  process.exit(signal ? 128 + (constants.signals[signal] || 0) : status) // as shells say it
})
