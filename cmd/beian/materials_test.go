package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/internal/golden"
)

// TestMaterials compares the dossiers of three programs with fixtures/materials, in
// both languages.
func TestMaterials(t *testing.T) {
	t.Chdir("../..")
	dir := t.TempDir() // outside of the repository, whose commit would be in the dossier
	for name, said := range map[string]string{
		"reader": "--operator=individual", "shop": "--config=fixtures/materials/shop.yaml", "clinic": "--operator=organisation",
	} {
		require.NoError(t, os.CopyFS(filepath.Join(dir, name), os.DirFS("fixtures/projects/"+name)))
		for _, lang := range []string{"zh", "en"} {
			out := perform(t, []string{"LANG=C", "beian", "materials", filepath.Join(dir, name), "--lang", lang, said})
			out, clean := strings.CutSuffix(out, "[exit 0]\n")
			require.True(t, clean, out)
			file := filepath.Join("fixtures", "materials", name+"."+lang+".md")
			golden.Check(t, file, out)
		}
	}
}

// The HTML dossier holds what the Markdown one does, and its policy.
func TestMaterialsHTML(t *testing.T) {
	t.Chdir("../..")
	out := perform(t, []string{"LANG=C", "beian", "materials", "fixtures/projects/clinic", "--lang", "zh", "--format", "html"})
	require.Contains(t, out, "<h1>备案材料：仁和门诊</h1>")
	require.Contains(t, out, "miniprogram/pages/patient/edit.wxml:3")
	require.Contains(t, out, "default-src &#39;none&#39;")
}
