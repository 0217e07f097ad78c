// SPDX-License-Identifier: GPL-3.0-or-later
// What may not compile: one line of this file at a time, chosen by WRONG. With WRONG=0 all is well.
#include "core/model/error.h"

namespace halfopen {

Error refused(const std::string& text, const char* pointer) {
    static_cast<void>(pointer);
#if WRONG == 0
    return {ErrorCode::Usage, Sentence::tr("{0} is no file.", text)};
#elif WRONG == 1
    return {ErrorCode::Usage, text};
#elif WRONG == 2
    return {ErrorCode::Usage, Sentence::tr(pointer)};
#elif WRONG == 3
    return {ErrorCode::Usage, Sentence::tr("{0} is no file.")};
#elif WRONG == 4
    return {ErrorCode::Usage, Sentence::tr("It is no file.", text)};
#elif WRONG == 5
    return {ErrorCode::Usage, Sentence::tr("{0} is no file.", "this one")};
#elif WRONG == 6
    return {ErrorCode::Usage, Sentence::tr("{} is no file.", text)};
#endif
}

} // namespace halfopen
