#pragma once

#include "common/domain/contract_id.h"

#include <string>
#include <vector>

// A few made-up lines of every format that is known by its header.
namespace importer_test {

struct SampleTable {
    std::string format;              // name of the map
    std::vector<std::string> lines;  // the header first, where there is one
    std::size_t rows = 0;
    uint64_t quotes = 0;  // that come of them
    sauda::domain::Underlying underlying = sauda::domain::Underlying::Unspecified;  // to be told
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const auto& line : lines) {
            all += line + "\n";
        }
        return all;
    }
};

inline SampleTable minute_chain_table() {
    return {"minute-chain",
            {"timestamp,symbol,expiry,strike,option_type,spot,ltp,open,high,low,close,volume,oi,"
             "oi_chg,iv,delta,gamma,theta,vega,rho",
             "202608190931,NIFTY50,25-Aug-2026,24000.0,CE,24050.10009765625,150.5,,,,,12.0,40.0,"
             "0.0,12.5,0.5,0,0,0,0",
             "202608190931,NIFTY50,25-Aug-2026,24000.0,PE,24050.10009765625,101.25,,,,,9.0,30.0,"
             "0.0,0.1,-0.5,0,0,0,0",
             "202608190932,NIFTY50,25-Aug-2026,24000.0,CE,24055.0,152.0,,,,,11.0,41.0,0.0,12.4,"
             "0.5,0,0,0,0",
             "202608190932,NIFTY50,25-Aug-2026,24000.0,PE,24055.0,101.25,,,,,9.0,30.0,0.0,12.4,"
             "0.5,0,0,0,0"},
            4,
            6};
}

inline SampleTable five_minute_table() {
    return {"five-minute-chain",
            {"Symbol,Expiry,Strike,CE_LTP,CE_OI,CE_Volume,PE_LTP,PE_OI,PE_Volume,Spot,%Change,"
             "timestamp,Max_Pain",
             "NIFTY,2026-02-03,25300.0,120.5,1300,650,99.0,2600,1300,25310.4,0.1,"
             "2026-01-29 09:30:11,123",
             "NIFTY,2026-02-03,25350.0,88.0,1300,0,118.0,2600,1300,25310.4,0.1,"
             "2026-01-29 09:30:11,123",
             "NIFTY,2026-02-03,25300.0,121.5,1300,715,98.0,2600,1365,0.0,0.1,"
             "2026-01-29 09:35:02,123"},
            3,
            7};
}

inline SampleTable index_bars_table() {
    return {"index-bars",
            {"Instrument,Date,Time,Open,High,Low,Close",
             "NIFTY,20240102,09:15,21700.00,21712.50,21695.00,21710.05",
             "NIFTY,20240102,09:16,21710.00,21715.00,21701.00,21702.00",
             "NIFTY,20240102,15:29,21690.00,21692.00,21688.00,21690.55"},
            3,
            3};
}

inline SampleTable epoch_bars_table() {
    return {"epoch-bars",
            {"Time,Open,High,Low,Close",
             "1514864700,25500.1,25520.0,25490.0,25510.05",  // 2018-01-02 09:15 in India
             "1514865600,25510.0,25530.0,25505.0,25529.5",   // 09:30
             "1514866500,25529.5,25529.5,25500.0,25500.0"},
            3,
            3,
            sauda::domain::Underlying::BANKNIFTY};
}

inline SampleTable daily_bars_table() {
    return {"daily-bars",
            {"date,open,high,low,close",
             "2025-08-06,12.0600004196167,12.430000305175781,11.9,12.15999984741211",
             "2025-08-07,12.15999984741211,12.55,11.3,12.01"},
            2,
            2,
            sauda::domain::Underlying::INDIAVIX};
}

inline SampleTable second_values_table() {
    return {"second-values",
            {"2022-09-01 10:00:01,17559.3", "2022-09-01 10:00:02,17559.25",
             "2022-09-01 10:00:04,17560.0"},
            3,
            3,
            sauda::domain::Underlying::NIFTY};
}

inline SampleTable udiff_table() {
    return {"udiff-bhavcopy",
            {"TradDt,BizDt,Sgmt,Src,FinInstrmTp,FinInstrmId,ISIN,TckrSymb,SctySrs,XpryDt,"
             "FininstrmActlXpryDt,StrkPric,OptnTp,FinInstrmNm,OpnPric,HghPric,LwPric,ClsPric,"
             "LastPric,PrvsClsgPric,UndrlygPric,SttlmPric,OpnIntrst,ChngInOpnIntrst,TtlTradgVol,"
             "TtlTrfVal,TtlNbOfTxsExctd,SsnId,NewBrdLotQty,Rmks,Rsvd1,Rsvd2,Rsvd3,Rsvd4",
             "2025-01-08,2025-01-08,FO,NSE,IDO,1,,NIFTY,,2025-01-09,2025-01-09,23700.00,CE,X,"
             "90.00,95.00,60.00,70.00,71.00,80.00,23688.95,70.00,75000,0,1000,1.0,10,F1,75,,,,,",
             "2025-01-08,2025-01-08,FO,NSE,IDO,2,,NIFTY,,2025-01-09,2025-01-09,23700.00,PE,X,0.00,"
             "0.00,0.00,80.00,0.00,80.00,23688.95,65.00,0,0,0,0.00,0,F1,75,,,,,",
             "2025-01-08,2025-01-08,FO,NSE,IDF,3,,NIFTY,,2025-02-27,2025-02-27,,,X,23952.00,"
             "23975.70,23737.05,23922.90,23915.00,23934.40,23688.95,23922.90,1231575,0,8429,1.0,10,"
             "F1,75,,,,,",
             "2025-01-08,2025-01-08,FO,NSE,STO,4,,RELIANCE,,2025-01-30,2025-01-30,1200.00,CE,X,"
             "1.00,1.00,1.00,1.00,1.00,1.00,1250.00,1.00,500,0,1,1.0,1,F1,500,,,,,"},
            4,
            4};
}

inline SampleTable old_bhavcopy_table() {
    return {"old-bhavcopy",
            {"INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,OPEN,HIGH,LOW,CLOSE,SETTLE_PR,"
             "CONTRACTS,VAL_INLAKH,OPEN_INT,CHG_IN_OI,TIMESTAMP,",
             "OPTIDX,NIFTY,16-Jan-2025,23700,CE,90,95,60,70,70,1000,1.5,75000,0,10-JAN-2025,",
             "OPTIDX,NIFTY,16-Jan-2025,23700,PE,0,0,0,80,65,0,0,150,0,10-JAN-2025,",
             "OPTSTK,RELIANCE,30-Jan-2025,1200,CE,1,1,1,1,1,5,0.1,500,0,10-JAN-2025,"},
            3,
            2};
}

inline std::vector<SampleTable> sample_tables() {
    return {minute_chain_table(), five_minute_table(),   index_bars_table(), epoch_bars_table(),
            daily_bars_table(),   second_values_table(), udiff_table(),      old_bhavcopy_table()};
}

}  // namespace importer_test
