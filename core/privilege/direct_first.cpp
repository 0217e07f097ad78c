// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privilege/direct_first.h"

#include <cstddef>
#include <utility>

namespace halfopen {
namespace {

bool isRefused(const PrivilegeError& error) {
    return error.kind == PrivilegeErrorKind::NotAuthorized;
}

const Outcome<KeepaliveOptions>& outcomeOf(const SocketReading& reading) {
    return reading.options;
}
const Outcome<void>& outcomeOf(const CloseResult& result) {
    return result.outcome;
}

void setRefusal(SocketReading& reading, const PrivilegeError& error) {
    reading.options = tl::unexpected(error);
}
void setRefusal(CloseResult& result, const PrivilegeError& error) {
    result.outcome = tl::unexpected(error);
}

/// What the near door said, and which of it is still open.
template <class Answer>
struct Partial {
    std::vector<Answer> answers;
    std::vector<std::size_t> refused; ///< indexes into answers
    std::vector<std::uint64_t> cookies() const {
        std::vector<std::uint64_t> all;
        for (const std::size_t index : refused)
            all.push_back(answers[index].cookie);
        return all;
    }
};

template <class Answer>
Partial<Answer> partialOf(std::vector<Answer> answers) {
    Partial<Answer> partial{std::move(answers), {}};
    for (std::size_t index = 0; index < partial.answers.size(); ++index)
        if (const auto& outcome = outcomeOf(partial.answers[index]); !outcome && isRefused(outcome.error()))
            partial.refused.push_back(index);
    return partial;
}

template <class Answer>
Outcome<std::vector<Answer>> merged(Partial<Answer> partial, Outcome<std::vector<Answer>> far) {
    if (!far && partial.refused.size() == partial.answers.size())
        return far;
    for (std::size_t place = 0; place < partial.refused.size(); ++place) {
        Answer& answer = partial.answers[partial.refused[place]];
        if (!far)
            setRefusal(answer, far.error());
        else if (place < far->size() && (*far)[place].cookie == answer.cookie)
            answer = std::move((*far)[place]);
    }
    return std::move(partial.answers);
}

/// @param askFar  called with the cookies that are still open and what to do with their answers
template <class Answer, class AskFar>
void goOn(Outcome<std::vector<Answer>> near, std::function<void(Outcome<std::vector<Answer>>)> done, AskFar askFar) {
    if (!near)
        return done(std::move(near));
    auto partial = partialOf(std::move(*near));
    if (partial.refused.empty())
        return done(std::move(partial.answers));
    auto cookies = partial.cookies();
    askFar(std::move(cookies), [partial = std::move(partial), done = std::move(done)](
                                   Outcome<std::vector<Answer>> far) { done(merged(partial, std::move(far))); });
}

} // namespace

void DirectFirst::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                          Done<std::vector<SocketReading>> done) {
    m_near->inspect(netns, std::move(cookies), interactive,
                    [this, netns, interactive, done = std::move(done)](Outcome<std::vector<SocketReading>> near) {
                        goOn<SocketReading>(std::move(near), done, [&](auto open, auto answered) {
                            m_far->inspect(netns, std::move(open), interactive, std::move(answered));
                        });
                    });
}

void DirectFirst::setOptions(std::uint64_t netns, std::uint64_t cookie, const OptionsChange& change,
                             Done<KeepaliveOptions> done) {
    m_near->setOptions(netns, cookie, change,
                       [this, netns, cookie, change, done = std::move(done)](Outcome<KeepaliveOptions> near) {
                           if (!near && isRefused(near.error()))
                               m_far->setOptions(netns, cookie, change, done);
                           else
                               done(std::move(near));
                       });
}

void DirectFirst::close(std::uint64_t netns, std::vector<std::uint64_t> cookies, Done<std::vector<CloseResult>> done) {
    m_near->close(netns, std::move(cookies),
                  [this, netns, done = std::move(done)](Outcome<std::vector<CloseResult>> near) {
                      goOn<CloseResult>(std::move(near), done, [&](auto open, auto answered) {
                          m_far->close(netns, std::move(open), std::move(answered));
                      });
                  });
}

void DirectFirst::cancel() {
    m_near->cancel();
    m_far->cancel();
}

} // namespace halfopen
