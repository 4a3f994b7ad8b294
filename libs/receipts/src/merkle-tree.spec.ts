import fc from 'fast-check';
import { inclusionProof, leafHash, merkleRoot, verifyInclusion } from './merkle-tree';

/** The entries and roots that Certificate Transparency implementations test themselves with. */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = ENTRIES.map((entry) => leafHash(Buffer.from(entry, 'hex')));
const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));

const numbered = (count: number) => Array.from({ length: count }, (_, index) => leafHash(`entry ${index}`));

describe('Merkle tree', () => {
  it('of nothing is the hash of nothing', () => {
    expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each(ROOTS.map((root, index) => [index + 1, root] as const))(
    'of the first %i known entries has the known root',
    (size, root) => {
      expect(merkleRoot(leaves.slice(0, size)).toString('hex')).toBe(root);
    },
  );

  it('gives the known inclusion proofs', () => {
    expect(hex(inclusionProof(leaves, 0))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hex(inclusionProof(leaves.slice(0, 3), 2))).toEqual([ROOTS[1]]);
    expect(inclusionProof(leaves.slice(0, 1), 0)).toEqual([]);
  });

  it('refuses a proof for a leaf that is not there', () => {
    expect(() => inclusionProof(leaves, 8)).toThrow(RangeError);
    expect(() => inclusionProof([], 0)).toThrow(RangeError);
  });

  it('proves every leaf of trees of every size up to 40', () => {
    for (let size = 1; size <= 40; size += 1) {
      const tree = numbered(size);
      const root = merkleRoot(tree);
      tree.forEach((leaf, index) => {
        expect(verifyInclusion({ leaf, index, size, proof: inclusionProof(tree, index) }, root)).toBe(true);
      });
    }
  });

  it('accepts a proof for no other leaf, place, size, root or length', () => {
    const cases = fc
      .integer({ min: 2, max: 60 })
      .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }));
    fc.assert(
      fc.property(cases, fc.nat(), ({ size, index }, change) => {
        const tree = numbered(size);
        const [root, proof, leaf] = [merkleRoot(tree), inclusionProof(tree, index), leafHash(`entry ${index}`)];
        const other = (index + 1 + (change % (size - 1))) % size;
        const broken = proof.map((hash, at) => (at === change % proof.length ? leafHash(hash) : hash));
        expect(verifyInclusion({ leaf: leafHash(`entry ${other}`), index, size, proof }, root)).toBe(false);
        expect(verifyInclusion({ leaf, index: other, size, proof }, root)).toBe(false);
        expect(verifyInclusion({ leaf, index, size, proof: broken }, root)).toBe(false);
        expect(verifyInclusion({ leaf, index, size, proof: [...proof, leaf] }, root)).toBe(false);
        expect(verifyInclusion({ leaf, index, size, proof: proof.slice(1) }, root)).toBe(false);
        expect(verifyInclusion({ leaf, index, size, proof }, leafHash(root))).toBe(false);
        expect(verifyInclusion({ leaf, index: size, size, proof }, root)).toBe(false);
      }),
    );
  });
});
