"""What was held against the recording, how often, and what did not agree."""
from collections import Counter


class Findings:
    def __init__(self):
        self.held = Counter()
        self.wrong = []  # (check, sentence)

    def hold(self, check, is_right, sentence, *facts):
        """sentence: text, or a function that makes it only when it is needed."""
        self.held[check] += 1
        if not is_right:
            text = sentence() if callable(sentence) else sentence
            where = ", ".join(str(fact) for fact in facts if fact is not None)
            self.wrong.append((check, f"{text} [{where}]" if where else text))

    def equal(self, check, name, ours, theirs, *facts):
        self.hold(check, ours == theirs,
                  lambda: f"{name}: the audit has {shown(ours)}, they have {shown(theirs)}", *facts)

    def table(self):
        wrong = Counter(check for check, _ in self.wrong)
        width = max([len(check) for check in self.held] + [5])
        lines = [f"{'check':<{width}}  {'held':>8}  {'disagree':>8}"]
        for check, count in sorted(self.held.items()):
            lines.append(f"{check:<{width}}  {count:>8}  {wrong[check]:>8}")
        lines += [f"DISAGREE {check}: {text}" for check, text in self.wrong]
        return "\n".join(lines)


def rupees(raw):
    return f"{raw / 10_000:,.4f}".removesuffix("00")


def shown(value):
    if isinstance(value, dict):
        return ", ".join(f"{k} {shown(v)}" for k, v in value.items() if v) or "nothing"
    return str(value)
