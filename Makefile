# Everything a person or a build server runs. Each target sets up first what it needs; a second run does only what changed.
# By hand are needed: Python 3.11 or later, Python 3.10, make.

PYTHON = .venv/bin/python
ARGS =
WORKERS = 2

# Each start of our programs reads compiled modules, also where the surroundings forbid Python to keep any.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup serve test check bench soak eval widget format clean
.DEFAULT_GOAL := help

help: ## Danh sách lệnh · this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Cài đặt và huấn luyện những gì còn thiếu · install and train what is missing
	@setup/run

serve: setup ## Chạy trợ lý tại http://127.0.0.1:8000 · start the assistant
	@exec .venv/bin/sauro serve $(ARGS)

test: setup ## Chạy toàn bộ kiểm thử · run all tests
	@exec $(PYTHON) -m pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder $(ARGS)

check: setup ## Kiểm tra quy cách, kiểu và cấu trúc mã · lint, types, structure
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m mypy --config-file bot/dialogue/pyproject.toml --python-executable bot/dialogue/.venv/bin/python bot/dialogue
	$(PYTHON) -m pytest -q tests/test_structure.py

bench: setup ## Đo thời gian khởi động, bộ nhớ, thời gian trả lời · measure start-up, memory, answering
	@exec $(PYTHON) -m benchmarks.turns $(ARGS)

soak: setup ## Giết tiến trình 50 và 100 lần giữa chừng, kiểm tra không mất gì; ghi docs/soak.md · kill 50 and 100 times, nothing may be lost
	@$(PYTHON) -m benchmarks.soak $(ARGS)
	@exec $(PYTHON) -m benchmarks.zalo_soak

eval: setup ## Đo chất lượng trả lời, hiểu câu hỏi, tìm kiếm; ghi docs/evaluation.md · measure quality, write docs/evaluation.md
	@exec $(PYTHON) -m benchmarks.evaluation $(ARGS)

widget: ## Dựng lại tiện ích web (cần Node) · rebuild the web widget (needs Node)
	cd bot/channels/web/widget && npm ci --no-audit --no-fund && npm run --silent build

format: setup ## Định dạng lại mã nguồn · format the code
	$(PYTHON) -m ruff check --fix --select I .
	$(PYTHON) -m ruff format .

clean: ## Xóa môi trường, mô hình và tệp tạm (giữ dữ liệu trong var/) · remove environments, models, caches (keeps var/)
	rm -rf .venv bot/dialogue/.venv bot/dialogue/models .tools .mypy_cache .ruff_cache .hypothesis build dist
