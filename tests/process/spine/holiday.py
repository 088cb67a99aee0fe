"""The unchanged chain of a holiday trades nothing and says why. Rows are made here."""
from harness import World, check

HEADER = ("Fetch_Time,Symbol,Expiry_Date,CALLS_OI,CALLS_Chng_in_OI,CALLS_Volume,CALLS_IV,CALLS_LTP,"
          "CALLS_Net_Chng,CALLS_Bid_Qty,CALLS_Bid_Price,CALLS_Ask_Price,CALLS_Ask_Qty,Strike_Price,"
          "PUTS_OI,PUTS_Chng_in_OI,PUTS_Volume,PUTS_IV,PUTS_LTP,PUTS_Net_Chng,PUTS_Bid_Qty,"
          "PUTS_Bid_Price,PUTS_Ask_Price,PUTS_Ask_Qty,collection_timestamp")

with World() as world:
    rows = [HEADER]
    for poll in range(7):
        for strike in range(24000, 25050, 50):
            call, put = max(5, 24500 - strike) + 90, max(5, strike - 24500) + 90
            rows.append(f"26-Aug-2025 15:30:00,NIFTY,28-Aug-2025,10,0,5,12.0,{call},0,75,{call - 1},"
                        f"{call + 1},75,{strike},10,0,5,12.0,{put},0,75,{put - 1},{put + 1},75,"
                        f"20250827_09{45 + poll}17")
    path = f"{world.folder}/holiday.csv"
    with open(path, "w") as file:
        file.write("\n".join(rows) + "\n")
    world.must(path, "--out", f"{world.folder}/holiday.mcap", program="sauda-import")
    text = world.replay(f"{world.folder}/holiday.mcap", "holiday")
    check("The exchange is closed: Ganesh Chaturthi" in text, "it must say why:\n" + text)
    check("sent 0, filled 0" in text and "Trades   none" in text, "nothing may trade:\n" + text)

    wrong = f"{world.folder}/wrong.csv"
    with open(wrong, "w") as file:
        file.write("time,price\n1,2\n")
    done = world.run(wrong, "--out", f"{world.folder}/wrong.mcap", program="sauda-import")
    check(done.returncode != 0 and "Fetch_Time" in done.stderr + done.stdout,
          "a wrong file must be told what was expected: " + done.stdout + done.stderr)
    print("holiday: nothing traded, and it says why")
