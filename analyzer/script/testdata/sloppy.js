#!/usr/bin/env node
var let_ = 010, b = 089.5
<!-- 旧代码
if (b) function early() { return arguments.length }
for (var i = 0 in { a: 1 }) with (b) early()
x = b
++i
--> 结束
async = of = get => get
var yield_ = function self(n) { return n ? self(n - 1) : async (n) }
let
z
await (1)
return early()
