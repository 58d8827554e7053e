// Reader verifies an exported log with the Go project's transparency-log packages and none of Twinergy's code.
//
//	reader LOG VERIFIER-KEY…                         checkpoint, every tile, every entry, many older trees
//	reader LOG -inclusion PROOF ENTRY VERIFIER-KEY…  a tlog-proof file and the entry that it is for
//	reader LOG -consistency PROOF VERIFIER-KEY…      a consistency proof file, its old root computed from the tiles
//
// golang.org/x/mod/sumdb knows other signatures and another tile path than C2SP's; both are adapted here.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// cosigner verifies cosignature/v1 of C2SP tlog-cosignature.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a verifier key")
	}
	blob, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(blob) != 33 || blob[0] != 4 {
		return nil, errors.New("not a cosigner's key")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), blob...))
	if fmt.Sprintf("%x", sum[:4]) != parts[1] {
		return nil, errors.New("the key has another identifier")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), blob[1:]}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature[:8]), text)
	return ed25519.Verify(c.key, []byte(message), signature[8:])
}

// tiles reads an exported log: C2SP's paths are those of tlog without the height.
type tiles struct{ dir string }

func (t tiles) Height() int { return 8 }
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(t.dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func checkpoint(text []byte, verifiers note.Verifiers) (tlog.Tree, error) {
	opened, err := note.Open(text, verifiers)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tlog.Tree{}, errors.New("the checkpoint has not three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

func entries(dir string, size int64) ([][]byte, error) {
	var all [][]byte
	for first := int64(0); first < size; first += 256 {
		width := int(min(size-first, 256))
		path := tlog.Tile{H: 8, L: 0, N: first / 256, W: width}.Path()
		data, err := os.ReadFile(filepath.Join(dir, strings.Replace(path, "tile/8/0/", "tile/entries/", 1)))
		if err != nil {
			return nil, err
		}
		for ; width > 0; width-- {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("the bundle of entry %d is cut off", first)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			all, data = append(all, data[2:end]), data[end:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("the bundle of entry %d is too long", first)
		}
	}
	return all, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func verifyAll(dir string, tree tlog.Tree) error {
	hashes := tlog.TileHashReader(tree, tiles{dir})
	lines, err := entries(dir, tree.N)
	if err != nil {
		return err
	}
	for index, line := range lines {
		proof, err := tlog.ProveRecord(tree.N, int64(index), hashes)
		if err == nil {
			err = tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), tlog.RecordHash(line))
		}
		if err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	older := 0
	for size := int64(1); size <= tree.N; size += 1 + size/16 {
		root, err := tlog.TreeHash(size, hashes)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, size, hashes)
		if err == nil {
			err = tlog.CheckTree(proof, tree.N, tree.Hash, size, root)
		}
		if err != nil {
			return fmt.Errorf("tree of %d: %w", size, err)
		}
		older++
	}
	fmt.Printf("good: %d entries and %d older trees stand in the tree of %d\n", len(lines), older, tree.N)
	return nil
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func verifyInclusion(proof, entry string, verifiers note.Verifiers) error {
	data, err := os.ReadFile(proof)
	if err != nil {
		return err
	}
	head, signed, ok := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("not a tlog-proof")
	}
	index, err := strconv.ParseInt(lines[1][6:], 10, 64)
	if err != nil {
		return err
	}
	tree, err := checkpoint(signed, verifiers)
	if err != nil {
		return err
	}
	path, err := parseHashes(lines[2:])
	if err != nil {
		return err
	}
	line, err := os.ReadFile(entry)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(line))
}

func verifyConsistency(dir string, tree tlog.Tree, proof string) error {
	data, err := os.ReadFile(proof)
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	var old, size int64
	if len(lines) < 3 || lines[0] != "twinergy/consistency-proof@v1" {
		return errors.New("not a consistency proof")
	}
	if _, err := fmt.Sscanf(lines[1]+" "+lines[2], "old %d new %d", &old, &size); err != nil {
		return err
	}
	path, err := parseHashes(lines[3:])
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(old, tlog.TileHashReader(tree, tiles{dir}))
	if err != nil {
		return err
	}
	return tlog.CheckTree(path, size, tree.Hash, old, root)
}

func run(arguments []string) error {
	dir, rest := arguments[0], arguments[1:]
	mode, files := "", 0
	if strings.HasPrefix(rest[0], "-") {
		mode, files = rest[0], map[string]int{"-inclusion": 2, "-consistency": 1}[rest[0]]
		rest = rest[1:]
	}
	var verifiers []note.Verifier
	for _, vkey := range rest[files:] {
		verifier, err := newCosigner(vkey)
		if err != nil {
			return err
		}
		verifiers = append(verifiers, verifier)
	}
	if mode == "-inclusion" {
		return verifyInclusion(rest[0], rest[1], note.VerifierList(verifiers...))
	}
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := checkpoint(text, note.VerifierList(verifiers...))
	if err != nil {
		return err
	}
	if mode == "-consistency" {
		return verifyConsistency(dir, tree, rest[0])
	}
	return verifyAll(dir, tree)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bad:", err)
		os.Exit(1)
	}
}
