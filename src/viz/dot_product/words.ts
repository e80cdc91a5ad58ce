/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Your taste is (%1, %2): you like funny films, and scary ones a little. Drag the tip of the film, turn it, make it longer, and watch one number: the dot product.',
  films: 'Films of the note',
  film: 'film %1',
  tip: 'Tip of the film: %1 funny, %2 scary',
  turn: 'turn it: degrees from your arrow',
  length: 'its length',
  same: 'same length first (norm)',
  reset: 'Start again (R)',
  funny: 'funny',
  scary: 'scary',
  you: 'you',
  theFilm: 'film',
  product: '%1: %2 × %3 = %4',
  products: 'Pair by pair',
  sum: '%1 + %2 =',
  above: 'Above 0: less than a right angle apart. You go well together.',
  zero: 'Exactly 0: a right angle. What agrees and what disagrees cancel out.',
  below: 'Below 0: more than a right angle apart. You point opposite ways.',
  nothing: 'An arrow without length points nowhere: the dot product is 0.',
  lengths: 'Lengths: you %1, film %2. Angle: %3.',
  degrees: '%1°',
  noAngle: 'none',
  shadow:
    'The shadow of the film on your line (green) is %1 long. Your length times that: %2 × %3 = %4.',
  normed:
    'Both arrows were brought to the length √2 = 1.41 first, as our model does with queries and keys. Now only the direction counts.',
  live: '(%1, %2) and (%3, %4): dot product %5. %6',
  askC: 'Guess first: film C is (−3, −1). What is its dot product with your taste?',
  up: 'Above 0',
  none: '0',
  down: 'Below 0',
  toldC: '%1 + %2 = %3. It points exactly the other way.',
  askLonger:
    'Guess: film A, (3, 1), has %1. Film D, (6, 2), points the same way and is twice as long. Its dot product?',
  toldLonger:
    '%1, with the same direction. Length counts too: a long list can win by its length alone.',
  askSame:
    'Guess: now all arrows are brought to the same length first. Which of A and D is larger?',
  equal: 'Equal',
  toldSame:
    'A gets %1, D gets %2. 2 is the most that two lists of 2 numbers can reach.',
  part: 'part',
  productColumn: 'product',
  together: 'added up',
  lengthRow: 'length',
  dash: '–'
} as const;
