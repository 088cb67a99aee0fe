"""`sauda chain` and `sauda payoff` on a generated session, and what they say to bad input."""
import json

from harness import RULES, World, check

with World() as world:
    path = world.session(seed=7)
    on = ["--recording", path, "--rules", RULES]

    text = world.must("chain", *on, "--at", "11:00", "--strikes", "3")
    lines = text.splitlines()
    check(all(len(line) <= 120 for line in lines), "no line is longer than 120:\n" + text)
    check("\x1b" not in text, "no colours where the output is no terminal")
    check(sum(">" in line and "<" in line for line in lines) == 1, "one strike is marked:\n" + text)
    check("simulated data" in text and "max pain" in text, "the head is there:\n" + text)
    check("nan" not in text and "inf" not in text, "unknown is a dash:\n" + text)

    page = json.loads(world.must("chain", *on, "--at", "11:00", "--json"))
    expiry = page["expiries"][0]
    forward, spot = expiry["forward"]["value"], page["spot"]
    check(abs(forward / spot - 1) < 0.002, f"forward {forward} is near the spot {spot}")
    # The simulated exchange lives around 11 % a year.
    check(0.05 < expiry["at_the_money_volatility"] < 0.25,
          f"volatility {expiry['at_the_money_volatility']}")
    money = next(s for s in expiry["strikes"] if s["strike"] == expiry["at_the_money_strike"])
    check(0.3 < money["call"]["greeks"]["delta"] < 0.7, "delta at the money is about a half")
    check(page == json.loads(world.must("chain", *on, "--at", "11:00", "--json")), "twice the same")

    strike = str(int(expiry["at_the_money_strike"]))
    legs = ["sell", "1", strike, "CE", "sell", "1", strike, "PE"]
    text = world.must("payoff", *on, "--at", "11:00", *legs)
    for word in ["Break-even", "unlimited", "Margin", "Chance", "theta"]:
        check(word in text, f"'{word}' is missing:\n{text}")
    report = json.loads(world.must("payoff", *on, "--at", "11:00", "--json", *legs))
    premium = money["call"]["bid"] + money["put"]["bid"]
    low, high = report["break_evens"]
    check(abs(high - low - 2 * premium) < 1e-6, "break-evens lie a premium away on either side")
    check(report["max_loss"] is None and abs(report["max_profit"] - report["premium"]) < 1e-6,
          "a sold straddle wins its premium at most and loses without limit")
    lots = report["legs"][0]["units"]
    check(abs(report["premium"] - premium * lots) < 1e-6, "sold at the bid")

    def refused(words, *expected):
        done = world.run(*words)
        check(done.returncode != 0 and all(part in done.stderr for part in expected),
              f"sauda {' '.join(words)} must say {expected}: {done.stdout}{done.stderr}")

    refused(["chain", *on, "--at", "08:00"], "09:12:00 to")
    refused(["chain", *on, "--at", "23:00"], "09:12:00 to")
    refused(["chain", *on, "--at", "later"], "no time of day")
    refused(["chain", *on, "--expiry", "2026-01-01"], "there are 20")
    refused(["chain", *on, "--underlying", "BANKEX"], "has no BANKEX; it has NIFTY")
    refused(["chain", "--recording", f"{RULES}/lots.csv"], "is no Sauda recording")
    refused(["chain", "--recording", f"{path}.gone"], "there is no file")
    refused(["payoff", *on, "sell", "1", str(int(strike) + 7), "CE"], "the strikes around it are")
    refused(["payoff", *on, "sell", "1", strike], "the legs end where CE or PE")
    refused(["payoff", *on, "sell", "1", "1", "CE"], "the strikes around it are")
    print("chain: shown, and wrong questions are answered with a sentence")
