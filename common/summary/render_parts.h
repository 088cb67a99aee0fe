#pragma once

#include "common/summary/figures.h"

// Pieces of the text page.
namespace sauda::summary::parts {

// "Market    words\n", the label padded.
// 1e-6 as per cent, to the hundredth.
std::string percent(int64_t per_million);
// Trading state in a word; active unless risk said otherwise.
std::string_view state_text(const SessionSummary& summary);
std::string line(const std::string& label, const std::string& words);
std::string or_unknown(const std::string& value);
std::string signed_rupees(base::Money amount);  // "+1,785.00"

std::string bots_table(const Figures& f);  // with the two benchmarks
std::string denied_lines(const Figures& f);
std::string orders_lines(const SessionSummary& s);
std::string trades_table(const SessionSummary& s, const Figures& f);

}  // namespace sauda::summary::parts
