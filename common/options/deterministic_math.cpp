#include "common/options/deterministic_math.h"

#include <math.h>  // FP_FAST_FMA, which sleef.h asks for
#include <sleef.h>

namespace sauda::options {

double exp_of(double x) { return Sleef_finz_expd1_u10purecfma(x); }
double log_of(double x) { return Sleef_finz_logd1_u10purecfma(x); }
double erfc_of(double x) { return Sleef_finz_erfcd1_u15purecfma(x); }
double power_of(double x, double y) { return exp_of(y * log_of(x)); }

double normal_density(double x) { return 0.3989422804014327 * exp_of(-0.5 * x * x); }
double normal_cdf(double x) { return 0.5 * erfc_of(-x * 0.7071067811865476); }

}  // namespace sauda::options
