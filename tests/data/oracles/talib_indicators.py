"""Writes talib_indicators.csv: 240 made-up bars of an index future in three sessions of 80 and what
TA-Lib 0.8.1 says of them (pip install TA-Lib==0.8.2). Usage: talib_indicators.py > FILE"""

import random

import numpy
import talib


def bars():
    rng = random.Random(20260808)
    price, rows = 24500.0, []
    for i in range(240):
        open_ = price + (rng.uniform(-150, 150) if i % 80 == 0 else rng.choice([0, 0, 0.05, -0.05]))
        close = open_ + rng.gauss(0, 12)
        high = max(open_, close) + abs(rng.gauss(0, 6))
        low = min(open_, close) - abs(rng.gauss(0, 6))
        volume = 75.0 * rng.randrange(0, 4000) if rng.random() > 0.05 else 0.0
        rows.append([round(20 * x) / 20 for x in (open_, high, low, close)] + [volume])
        price = rows[-1][3]
    return numpy.array(rows).T


def main():
    o, h, l, c, v = bars()
    columns = {"open": o, "high": h, "low": l, "close": c, "volume": v}
    columns["sma"] = talib.SMA(c, 20)
    columns["ema"] = talib.EMA(c, 20)
    columns["wma"] = talib.WMA(c, 20)
    columns["rsi"] = talib.RSI(c, 14)
    columns["atr"] = talib.ATR(h, l, c, 14)
    columns["macd"], columns["macd_signal"], columns["macd_histogram"] = talib.MACD(c, 12, 26, 9)
    columns["adx"] = talib.ADX(h, l, c, 14)
    columns["plus_di"] = talib.PLUS_DI(h, l, c, 14)
    columns["minus_di"] = talib.MINUS_DI(h, l, c, 14)
    columns["aroon_down"], columns["aroon_up"] = talib.AROON(h, l, 14)
    columns["supertrend"], columns["supertrend_trend"] = talib.SUPERTREND(h, l, c, 10, 3.0)
    columns["sar"] = talib.SAR(h, l, 0.02, 0.2)
    columns["stoch_k"], columns["stoch_d"] = talib.STOCH(h, l, c, 14, 3, 0, 3, 0)
    columns["stochrsi_k"], columns["stochrsi_d"] = talib.STOCHRSI(c, 14, 14, 3, 0)
    columns["willr"] = talib.WILLR(h, l, c, 14)
    columns["roc"] = talib.ROC(c, 10)
    columns["cci"] = talib.CCI(h, l, c, 20)
    bands = talib.BBANDS(c, 20, 2.0, 2.0, 0)
    columns["bb_upper"], columns["bb_middle"], columns["bb_lower"] = bands
    # Of the close, as charts have it; talib.KC takes typical prices and seeds its ATR later.
    middle, atr = talib.EMA(c, 20), talib.ATR(h, l, c, 10)
    columns["kc_upper"], columns["kc_middle"] = middle + 2 * atr, middle
    columns["kc_lower"] = middle - 2 * atr
    bands = talib.DONCHIAN(h, l, 20)
    columns["dc_upper"], columns["dc_middle"], columns["dc_lower"] = bands
    columns["obv"] = talib.OBV(c, v)
    columns["mfi"] = talib.MFI(h, l, c, v, 14)
    columns["volume_sma"] = talib.SMA(v, 20)
    sessions = [talib.VWAP(*(x[s:s + 80] for x in (h, l, c, v))) for s in (0, 80, 160)]
    columns["vwap"] = numpy.concatenate(sessions)
    print(",".join(columns))
    for i in range(len(c)):
        values = [float(column[i]) for column in columns.values()]
        print(",".join("" if x != x else repr(x) for x in values))


main()
