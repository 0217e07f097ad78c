// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace halfopen {

/// Does work that the kernel may hold up for as long as it likes: whoever sets options of a socket, or ends it, waits
/// for the socket's lock, which a program keeps while it sits in send(2) on a page that does not come (userfaultfd(2),
/// a dead file server), and cannot even be killed meanwhile. Each piece has a thread of its own, so that the helper
/// answers others. Lives in the main thread.
class Background : public QObject {
    Q_OBJECT

public:
    using Result = std::function<void()>; ///< what to do in the main thread when the work is done

    explicit Background(QObject* parent = nullptr);
    ~Background() override; ///< does not wait: a thread that is held up ends with the process

    /// So many pieces are under way that no other may begin: all of them held up, most likely.
    bool isFull() const { return m_running >= kMost; }
    /// @param work  what it returns is called in the main thread, unless this is gone by then
    /// @return      false where there is no thread to be had
    bool run(std::function<Result()> work);

private:
    static constexpr int kMost = 8; ///< TasksMax of the unit leaves room for more

    /// What a thread may still use when this is gone.
    struct Link {
        std::mutex mutex;
        Background* owner = nullptr; ///< guarded by the mutex
    };

    void finished(const Result& result);

    std::shared_ptr<Link> m_link = std::make_shared<Link>();
    int m_running = 0;
};

} // namespace halfopen
