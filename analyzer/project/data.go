package project

import (
	"path"
	"regexp"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// Data is a JSON file of the program that is not configuration: one that a
// script names, or a language table.
type Data struct {
	File  *source.File
	Value *jsonc.Value
}

// Limits of the data that is read. Larger files hold regions and postcodes, which no
// page asks for: their text alone is kept, for numbers that stand in it.
var (
	maxDataFile  = 256 << 10
	maxDataTotal = 2 << 20
	maxDataText  = 20 << 20 // of all larger ones together
)

// dataSuffixes are those of JSON files, also of those with comments or in the syntax of
// JavaScript, which build tools read.
var dataSuffixes = map[string]bool{".json": true, ".jsonc": true, ".json5": true}

// jsonName matches the name of a JSON file in a script.
var jsonName = regexp.MustCompile(`[\w\x{4e00}-\x{9fff}.@-]+\.json[c5]?\b`)

// languageDirs are the directories in which programs keep their texts in
// several languages.
var languageDirs = map[string]bool{
	"i18n": true, "locale": true, "locales": true, "lang": true, "langs": true, "language": true, "languages": true,
}

// readData reads the JSON files that reachable scripts name, and language tables.
func (l *linked) readData() {
	named := map[string]bool{}
	for _, m := range l.modules {
		if m.File != nil && m.Own() && strings.Contains(m.File.Text, ".json") {
			for _, name := range kept(l.list.cache, m.File, asNames{}, func() []string { return jsonName.FindAllString(m.File.Text, -1) }) {
				named[name] = true
			}
		}
		for _, i := range m.Imports {
			named[path.Base(i.data)] = true
		}
	}
	total, large := int64(0), int64(0)
	read := map[string]*Data{}
	for _, p := range l.own {
		wanted := dataSuffixes[path.Ext(p)] && (named[path.Base(p)] || languageDirs[path.Base(path.Dir(p))])
		if !wanted && !holdsWords(p) || l.configures(p) {
			continue
		}
		size := l.list.size[p]
		if name, _ := l.shelf.library(p); name != "" {
			continue
		}
		if size > int64(maxDataFile) || total+size > int64(maxDataTotal) {
			if large += size; large <= int64(maxDataText) {
				if file := l.read(p, false); file != nil {
					l.program.LargeData = append(l.program.LargeData, file)
				}
			}
			continue
		}
		total += size
		if d := l.readDatum(p); d != nil {
			read[p] = d
			l.program.Data = append(l.program.Data, d)
		}
	}
	for _, m := range l.modules {
		for _, i := range m.Imports {
			i.Data = read[i.data]
		}
	}
	l.readWords()
}

// readWords reads the <i18n> blocks of components, which hold their texts in several languages as JSON, JSON5 or
// YAML (vue-i18n, "SFC i18n Custom Blocks", read 2026-11).
func (l *linked) readWords() {
	for _, p := range sortedKeys(l.modules) {
		m := l.modules[p]
		if m.File == nil || !m.Own() || !l.site.Framework.single(p) || !strings.Contains(m.File.Text, "<i18n") {
			continue
		}
		for _, b := range l.list.cache.component(m.File, l.site.Symbols).Find("i18n") {
			if v := wordsIn(m.File, b); v != nil {
				l.program.Data = append(l.program.Data, &Data{m.File, v})
			}
		}
	}
}

// wordsIn is what a block <i18n> holds; nil if it cannot be read. Which language stands for no lang is a setting
// of the plug-in: what begins with a brace is JSON5, of which JSON is a part.
func wordsIn(f *source.File, b *sfc.Block) *jsonc.Value {
	if lang := b.Attrs["lang"]; strings.HasPrefix(lang, "y") || lang == "" && !strings.HasPrefix(strings.TrimSpace(f.Slice(b.Inner)), "{") {
		v, _ := yamlIn(f, b.Inner)
		return v
	}
	if v, err := jsonc.ParseSpan(f, b.Inner); err == nil {
		return v
	}
	x, errs := script.ParseExpr(f, b.Inner, script.JS, true)
	if len(errs) > 0 {
		return nil
	}
	return (&constants{}).value(x)
}

// readDatum reads the file at p, in JSON or YAML; nil if it is none, which is reported.
func (l *linked) readDatum(p string) *Data {
	if isYAML(p) {
		file := l.read(p, false)
		if file == nil {
			return nil
		}
		v, valid := yamlIn(file, source.Span{End: int32(len(file.Text))})
		if !valid {
			l.report(Unread{Path: p, Reason: lang.Both("不是有效的 YAML，没有读取", "this is not valid YAML and was not read")})
			return nil
		}
		return &Data{file, v}
	}
	if path.Ext(p) != ".json5" {
		if j := l.readJSON(p, false); j != nil {
			return &Data{j.file, j.value}
		}
		return nil
	}
	file := l.read(p, false)
	if file == nil {
		return nil
	}
	x, errs := script.ParseExpr(file, source.Span{End: int32(len(file.Text))}, script.JS, true)
	if len(errs) > 0 {
		l.report(Unread{Path: p, Location: source.Location{File: file, Span: errs[0].Span},
			Reason: lang.Both("不是有效的 JSON5：", "this is not valid JSON5: ").Plus(errs[0].Message)})
		return nil
	}
	return &Data{file, (&constants{}).value(x)}
}

// configures reports whether a JSON file is read as configuration, by the tools or
// for the page or component beside it.
func (l *configured) configures(p string) bool {
	switch name := path.Base(p); {
	case l.json[p] != nil, strings.HasPrefix(name, "project."), strings.HasPrefix(name, "package"), strings.HasPrefix(name, "tsconfig"):
		return true
	case name == "sitemap.json", name == "theme.json", name == "ext.json", name == "game.json", name == "mini.project.json":
		return true
	}
	stem := strings.TrimSuffix(p, ".json")
	return l.hasTemplate(l.list.has, stem)
}
