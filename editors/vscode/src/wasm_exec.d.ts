// Go's own script beside its WebAssembly programs; build.mjs takes it from the Go that compiles.
export {}
