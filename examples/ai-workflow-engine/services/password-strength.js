/** What makes a password a weak one. */

const shortest = 12;

/** Words that are in every list of stolen passwords; one that is hardly more than such a word is as weak. */
const common = `password passwort secret letmein welcome admin administrator root postgres postgresql qwerty qwertz
  azerty asdfgh iloveyou monkey dragon football baseball sunshine princess master shadow superman batman trustno
  changeme default database test testing guest login access hello freedom whatever michael jordan summer winter
  spring autumn monday company docker server mustang starwars pokemon computer internet service abc123 zaq1zaq1
  1q2w3e4r5t 123456789012 password1234`.split(/\s+/);

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];

/** Everything that is wrong with a password, as sentences that don't repeat it; empty for a good one. */
export function passwordProblems(password, names) {
  const plain = readable(password);
  const found = names.filter(
    (name) => name.length >= 3 && (contains(password, name) || contains(plain, readable(name))),
  );
  return [
    [...password].length < shortest && `It has fewer than ${shortest} characters.`,
    kinds.filter((kind) => kind.test(password)).length < 3 &&
      "It has fewer than three kinds of characters: small letters, capital letters, digits, others.",
    new Set(password).size < 6 && "It repeats the same few characters.",
    isCommon(plain) && "It is a common password, or hardly more than one.",
    found.length > 0 && `It contains the name ${found[0]}.`,
    /\p{Cc}/u.test(password) && "It contains a control character.",
  ].filter((problem) => problem !== false);
}

function isCommon(plain) {
  return common.some((word) => {
    const rest = plain.replaceAll(readable(word), "");
    // A word with some digits and signs around it is what every guessing program tries first.
    return rest.length < plain.length && rest.replace(/[^\p{L}]/gu, "").length < 4;
  });
}

/** Small letters, with the digits and signs that stand for letters put back. */
function readable(text) {
  const letters = { 0: "o", 1: "l", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i" };
  return [...text.toLowerCase()].map((character) => letters[character] ?? character).join("");
}

function contains(text, part) {
  return text.toLowerCase().includes(part.toLowerCase());
}
