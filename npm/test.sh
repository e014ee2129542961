#!/usr/bin/env bash
# Packs the npm packages for this platform, installs them from the tarballs into an
# empty project, without a registry and without install scripts, and runs them as a
# person does. Needs Go and npm.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export npm_config_update_notifier=false LANG=zh_CN.UTF-8
unset LC_ALL LC_MESSAGES LC_CTYPE 2>/dev/null # bash has a word to say about locales it lacks

node npm/build.mjs host
for package in dist/npm/*/; do (cd "$package" && npm pack --silent --pack-destination "$work" >/dev/null); done
size=$(wc -c <"$(ls -S dist/npm/*/bin/beian* | grep -v '\.js$' | head -n 1)")
[ "$size" -lt 38000000 ] || { echo "the program has grown to $size bytes"; exit 1; }

# The packages of other platforms are optional: npm goes on without what it cannot get.
mkdir "$work/shop"
cd "$work/shop"
cp -r "$top/fixtures/projects/clinic/." .
platform=$(node -p 'process.platform + "-" + process.arch')
thin=$(ls "$work"/beian-[0-9]*.tgz) program=$(ls "$work"/beian-"$platform"-*.tgz)
echo '{ "private": true }' >package.json
npm install --offline --ignore-scripts --no-audit --no-fund --silent --save-dev "$program" "$thin"

expect() { # expect STATUS TEXT COMMAND…
  local want=$1 text=$2 got=0 out
  out=$("${@:3}" 2>&1) || got=$?
  [ "$got" = "$want" ] || { printf '%s: exit %s instead of %s\n%s\n' "${*:3}" "$got" "$want" "$out"; exit 1; }
  grep -qF -- "$text" <<<"$out" || { printf '%s: no "%s" in\n%s\n' "${*:3}" "$text" "$out"; exit 1; }
}
expect 1 '触发备案' npx --no-install beian scan --quiet
expect 0 '触发备案' npx --no-install beian scan --quiet --fail-on never
expect 2 '没有这个目录' npx --no-install beian scan no/such/folder
expect 0 'beian ' npx --no-install beian version

# As the developer tools run it before an upload (docs/ci.md).
echo '{ "miniprogramRoot": "miniprogram/", "scripts": { "beforeUpload": "npx beian scan --quiet" } }' >project.config.json
expect 1 '触发备案' sh -c "$(node -p 'require("./project.config.json").scripts.beforeUpload')"

# Another program, and one that dies of a signal.
printf '#!/bin/sh\nkill -TERM $$\n' >dies.sh
chmod +x dies.sh
BEIAN_BINARY=$PWD/dies.sh expect 143 '' npx --no-install beian scan
BEIAN_BINARY=$PWD/absent expect 2 '无法启动' npx --no-install beian scan

# A signal goes through to the program, whose status comes back; stdin does, too.
printf '#!/bin/sh\ntrap "echo got it; exit 7" TERM\necho ready\nwhile :; do sleep 0.1; done\n' >waits.sh
chmod +x waits.sh
BEIAN_BINARY=$PWD/waits.sh node node_modules/beian/bin/beian.js >waits.txt &
until grep -q ready waits.txt 2>/dev/null; do sleep 0.1; done
kill -TERM $!
status=0; wait $! || status=$?
[ "$status" = 7 ] && grep -q 'got it' waits.txt || { echo "a signal did not go through: $status"; cat waits.txt; exit 1; }
initialize='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
printf 'Content-Length: %d\r\n\r\n%s' ${#initialize} "$initialize" | npx --no-install beian lsp >lsp.txt || true # it ends without a shutdown
grep -q hoverProvider lsp.txt || { echo 'stdin did not go through'; cat lsp.txt; exit 1; }

# pnpm keeps packages apart by links; the program is found all the same.
if npm install --prefix "$work/pnpm" --no-save --ignore-scripts --no-audit --no-fund --silent pnpm@9 >/dev/null 2>&1; then
  mkdir "$work/linked"
  cp -r "$top/fixtures/projects/clinic/." "$work/linked"
  printf '{ "private": true, "pnpm": { "overrides": { "@beian/%s": "file:%s" } } }' "$platform" "$program" >"$work/linked/package.json"
  (
    cd "$work/linked"
    pnpm="$work/pnpm/node_modules/.bin/pnpm"
    "$pnpm" add --offline --ignore-scripts --silent --save-dev "$thin"
    expect 1 '触发备案' "$pnpm" exec beian scan --quiet
  )
  echo 'pnpm: ok'
else
  echo 'pnpm: skipped, npm cannot install it here'
fi

# docs/walkthrough.md, from the installation on. There the packages come from the
# registry, here from the tarballs; nothing else differs.
walk="$work/walk" home="$work/home"
mkdir "$home" "$work/bin"
cp -r "$top/fixtures/projects/booking" "$walk"
printf '#!/bin/sh\n[ "$*" = "install --save-dev beian" ] || exec "%s" "$@"\nexec "%s" install --offline --ignore-scripts --no-audit --no-fund --silent --save-dev "%s" "%s"\n' \
  "$(command -v npm)" "$(command -v npm)" "$program" "$thin" >"$work/bin/npm"
chmod +x "$work/bin/npm"
for who in AUTHOR COMMITTER; do export GIT_${who}_NAME=小林 GIT_${who}_EMAIL=lin@example.com; done
(
  unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 PATH="$work/bin:$PATH"
  node "$top/.ci/walk.mjs" "$top/docs/walkthrough.md" "$walk" ${UPDATE:+--update}
)
echo 'docs/walkthrough.md: as it says'

# As after --omit=optional.
rm -r "node_modules/@beian"
expect 2 "没有安装 @beian/$platform" npx --no-install beian scan
echo "npm packages: installed from tarballs and run ($((size / 1000000)) MB)"
